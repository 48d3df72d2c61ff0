// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import OpenStackSimulator
import TestTime
import Testing

/// What a failure needs to be understood without a second run.
extension Stage {
    /// As `eventually`, with a deadline for a busy machine, and a period that leaves it to those who are asked.
    ///
    /// What did not come is told with all that is known around it.
    func eventually(
        _ what: String, within deadline: Duration = .seconds(90), every period: Duration = .milliseconds(100),
        _ condition: () async throws -> Bool
    ) async throws {
        do {
            try await TestTime.eventually(what, within: deadline) {
                if try await condition() { return true }
                try await ContinuousClock().sleep(for: period)
                return false
            }
        } catch let error as NeverCame {
            throw NeverCame(description: "\(error.description)\n\(await report())")
        }
    }

    private func report() async -> String {
        let site = try? await server.admin().send(.get, "\(Self.management)/sites/\(Self.siteName)").tree["status"]
        let calls = self.site.calls.suffix(30).map { "\($0) \($0.status)" }
        let log = server.log.split(separator: "\n").suffix(40).map(String.init)
        return """
            Not ready: \((try? await unready().joined(separator: "\n")) ?? "unknown: the server does not answer")
            Site: \(site?["conditions"]?.text ?? "unknown")
            Last calls: \(calls.joined(separator: "\n"))
            Log: \(log.joined(separator: "\n"))
            """
    }

    /// A line for each object that is not ready, or whose last call is in doubt.
    private func unready() async throws -> [String] { try await objects().filter { !$0.isAtRest }.map(\.standing) }
}

extension JSON {
    /// Whether it is ready and no call for it is in doubt.
    var isAtRest: Bool { isTrue("Ready") && self["status"]?["intent"] == nil }

    /// Its kind, its name and what its status says.
    fileprivate var standing: String {
        "\(self["kind"]?.string ?? "") \(text("metadata", "name")): \(self["status"]?.text ?? "")"
    }
}
