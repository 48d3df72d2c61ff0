// SPDX-License-Identifier: Apache-2.0

import Clients
import Resources
import Synchronization

/// Shows how an object comes along: a line that changes where it can be written over, else a line for each change.
final class WaitProgress: Sendable {
    private let session: Session
    private let title: String
    private let start: Duration
    private let last = Mutex("")

    init(session: Session, title: String) {
        self.session = session
        self.title = title
        start = session.time.elapsed()
    }

    /// Keeps the time in the line going; ends when it is cancelled, or never where there is no such line.
    func tick() async throws {
        while true {
            try await session.time.sleep(for: isAlive ? .seconds(1) : .seconds(3600))
            if isAlive { redraw() }
        }
    }

    /// Shows what a condition says, when that is something new.
    func show(_ condition: Condition?) {
        guard let condition else { return }
        let text = condition.message.isEmpty ? condition.reason : "\(condition.reason): \(condition.message)"
        let isNew = last.withLock { last in
            defer { last = text.isEmpty ? last : text }
            return text != last && !text.isEmpty
        }
        guard isNew else { return }
        if isAlive { redraw() } else { session.terminal.note(line(text)) }
    }

    /// The last word, which is the answer.
    func end(_ word: String) {
        clear()
        session.terminal.line("\(title): \(session.terminal.lines.paint(word, .green))")
    }

    /// Takes the changing line away.
    func clear() { if isAlive { session.terminal.overwrite("") } }

    private var isAlive: Bool { session.terminal.notes.width != nil }

    private func redraw() {
        let text = last.withLock { $0 }
        guard !text.isEmpty, let width = session.terminal.notes.width else { return }
        // One that wraps could not be written over.
        session.terminal.overwrite(session.terminal.notes.paint(String(line(text).prefix(width - 1)), .yellow))
    }

    private func line(_ text: String) -> String {
        let seconds = (session.time.elapsed() - start).components.seconds
        return "\(title): \(text.split(whereSeparator: \.isNewline).joined(separator: " ")) (\(seconds)s)"
    }
}
