// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Resources

/// `scs wait vm/web --for condition=Ready`.
struct WaitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait", abstract: "Wait until something holds of an object.")

    @Argument(help: "KIND/NAME, or KIND and NAME.")
    var target: [String]
    @Option(name: .customLong("for"), help: "condition=TYPE, condition=TYPE=False, or delete.")
    var goal = WaitGoal(.condition(type: "Ready", truth: .yes))
    @Option(help: "How long to wait: 90s, 5m, 1h.")
    var timeout = Span(.seconds(60))
    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await server.run { session in
            let (kind, names) = Target.split(target.first ?? "", Array(target.dropFirst()))
            guard let name = names.first, names.count == 1 else {
                throw CLIError("name one object: scs wait KIND/NAME")
            }
            let type = try await APICatalog(from: session.client).type(kind)
            let waiting = Waiting(session: session, goal: goal.goal, timeout: timeout.duration)
            try await waiting.wait(type, session.key(type, name))
        }
    }
}

/// What is waited for, as users write it.
struct WaitGoal: ExpressibleByArgument, Hashable, Sendable {
    let goal: Waiting.Goal

    init(_ goal: Waiting.Goal) { self.goal = goal }

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("delete", 1): goal = .deletion
        case ("condition", 2) where !parts[1].isEmpty: goal = .condition(type: parts[1], truth: .yes)
        case ("condition", 3) where !parts[1].isEmpty:
            let truths: [String: Condition.Truth] = ["true": .yes, "false": .no, "unknown": .unknown]
            guard let truth = truths[parts[2].lowercased()] else { return nil }
            goal = .condition(type: parts[1], truth: truth)
        default: return nil
        }
    }

    var defaultValueDescription: String { "condition=Ready" }
}
