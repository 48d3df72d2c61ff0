// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Recordings

/// Sends the steps of a recorded case to our server and compares each answer.
struct Replay {
    struct Finding {
        /// `GROUP/CASE/STEP`.
        let step: String
        let difference: Difference

        var description: String { "\(step) \(difference.description)" }
    }

    private let server: ReplayServer
    private let recorded: RecordedCase
    private var placeholders: Placeholders
    private var namespaces: Set<String> = []
    private var findings: [Finding] = []

    private init(_ recorded: RecordedCase, _ server: ReplayServer) {
        self.server = server
        self.recorded = recorded
        placeholders = Placeholders(run: String(UInt32.random(in: 0...UInt32.max), radix: 16))
    }

    /// What differs in a case; its namespaces and definitions stay behind.
    static func findings(_ recorded: RecordedCase, on server: ReplayServer) async throws -> [Finding] {
        var replay = Replay(recorded, server)
        for step in recorded.steps { try await replay.send(step) }
        return replay.findings
    }

    private mutating func send(_ step: RecordedStep) async throws {
        try await makeNamespaces(step)
        var differences = try await attempt(step)
        // What the recorder waited for may take a moment here, too.
        var attempts = step.isPolled ? 40 : 0
        while !differences.comparison.differences.isEmpty, attempts > 0 {
            attempts -= 1
            try await ContinuousClock().sleep(for: .milliseconds(25))
            differences = try await attempt(step)
        }
        placeholders = differences.comparison.placeholders
        findings += differences.comparison.differences.map {
            Finding(step: "\(recorded)/\(step.name)", difference: $0)
        }
    }

    private func attempt(_ step: RecordedStep) async throws -> (answer: ReplayServer.Answer, comparison: Comparison) {
        let body = step.raw ?? step.body?.text ?? ""
        let answer = try await server.send(
            step.method, placeholders.filled(step.target), body: Array(placeholders.filled(body).utf8),
            accept: step.accept, contentType: step.contentType,
            headers: step.headers.map { ($0.name, placeholders.filled($0.value)) })
        var comparison = Comparison(placeholders)
        comparison.compare(.integer(step.status), .integer(answer.status), at: "/status")
        comparison.compare(step.answerHeaders, answer.headers, at: "/headers")
        comparison.compare(
            step.answer.settled, answer.body.settled.selecting(step.selected), at: "/body")
        return (answer, comparison)
    }

    /// Makes the namespaces that a step is the first to name.
    private mutating func makeNamespaces(_ step: RecordedStep) async throws {
        let named = Placeholders.pieces(of: step.tree["request"]?.text ?? "").compactMap { piece in
            if case .placeholder(let name) = piece, name.hasPrefix("NS") { name } else { nil }
        }
        for name in named where namespaces.insert(name).inserted {
            let body: JSON = [
                "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(placeholders.namespace(name))],
            ]
            _ = try await server.send("POST", "/api/v1/namespaces", body: body.bytes)
        }
    }
}
