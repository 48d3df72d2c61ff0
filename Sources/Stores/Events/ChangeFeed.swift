// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One reader's way through a history: it reads a page, hands it out event by event, and waits for more at the end.
///
/// Nothing is kept but the page, so a slow reader costs no memory; what it has not read can be compacted meanwhile, and
/// then its next read throws `StoreError.expired`.
package struct ChangeFeed: Sendable {
    /// Some events after a revision, oldest first; none when there are none yet.
    ///
    /// Throws `StoreError.expired`.
    package typealias Read = @Sendable (Revision) async throws -> [StoreEvent]

    /// Reaches a revision when `read` would return its event.
    package let signal: RevisionSignal
    package let read: Read

    package init(signal: RevisionSignal, read: @escaping Read) {
        self.signal = signal
        self.read = read
    }

    /// The events after a revision; it ends when the signal is closed or the reader is cancelled.
    package func stream(after revision: Revision) -> AsyncThrowingStream<StoreEvent, any Error> {
        let cursor = Cursor(revision)
        return AsyncThrowingStream {
            while true {
                if let event = cursor.next() { return event }
                let page = try await read(cursor.revision)
                cursor.fill(page)
                guard page.isEmpty else { continue }
                do {
                    guard try await signal.wait(for: Revision(cursor.revision.value + 1)) else { return nil }
                } catch is CancellationError {
                    return nil
                }
            }
        }
    }

    private final class Cursor: Sendable {
        private let state: Mutex<(revision: Revision, page: ArraySlice<StoreEvent>)>

        init(_ revision: Revision) { state = Mutex((revision, [])) }

        var revision: Revision { state.withLock { $0.revision } }

        func fill(_ page: [StoreEvent]) { state.withLock { $0.page = page[...] } }

        func next() -> StoreEvent? {
            state.withLock { state in
                guard let event = state.page.popFirst() else { return nil }
                state.revision = event.revision
                return event
            }
        }
    }
}
