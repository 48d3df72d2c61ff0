// SPDX-License-Identifier: Apache-2.0

import ClientContract
import JSONTree
import Reconciling
package import Resources
import TestTime

/// A named scenario that went otherwise.
package struct ScenarioFailed: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// The scenarios that are the same for every kind, named as docs/architecture.md names them.
extension Bench {
    /// *plan equals calls*: what the plan shows first is what the passes do, in that order and nothing else.
    package func planEqualsCalls(_ key: ObjectKey) async throws {
        guard let object = try await object(key) else { throw ScenarioFailed("there is no \(key.name)") }
        let planned = try await pass.plan(for: object).steps.map(\.summary)
        let performed = try await rest(key).flatMap(\.performed)
        guard planned == performed else {
            throw ScenarioFailed("planned \(planned), performed \(performed)")
        }
    }

    /// *settles and then does nothing*: it comes to rest ready; another pass makes no step and writes nothing.
    package func settlesAndThenDoesNothing(_ key: ObjectKey) async throws {
        try await rest(key)
        guard let settled = try await object(key), settled.isReady else {
            let ready = try await object(key)?.condition("Ready")
            throw ScenarioFailed("it is not ready: \(ready.map { "\($0.reason) \($0.message)" } ?? "")")
        }
        clock.advance(by: .seconds(3600))
        let before = server.revision
        let report = try await runPass(key)
        guard report?.performed.isEmpty == true, server.revision == before else {
            throw ScenarioFailed(
                "another pass performed \(report?.performed ?? []) and wrote \(server.revision - before) times")
        }
    }

    /// *a late success makes no double*: the world is set up to lose the answer to the next creation and to show its
    /// effect only when `appear` is called, which happens `after` the loss; then everything comes to rest.
    ///
    /// The caller counts what its world holds.
    package func lateSuccess(
        _ key: ObjectKey, after delay: Duration, appear: () async throws -> Void
    ) async throws {
        let lost = try await runPass(key)
        guard let lost, Intent(tree: lost.object.status?["intent"]) != nil else {
            throw ScenarioFailed("no answer was lost: \(lost.map { "\($0.verdict)" } ?? "no object")")
        }
        var waited = Duration.zero
        while waited < delay {
            let step = min(.seconds(5), delay - waited)
            clock.advance(by: step)
            waited += step
            if waited < delay { try await runPass(key) }
        }
        try await appear()
        try await rest(key)
    }

    /// *adopts after a lost answer*: the world is set up to create and lose the answer; the next look finds it.
    package func adoptsAfterALostAnswer(_ key: ObjectKey) async throws {
        try await lateSuccess(key, after: .seconds(1), appear: {})
        let object = try await object(key)
        guard object?.status?["intent"] == nil else {
            throw ScenarioFailed("the intent is still open")
        }
    }
}
