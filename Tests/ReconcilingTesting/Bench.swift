// SPDX-License-Identifier: Apache-2.0

package import ClientContract
package import Clients
package import Reconciling
package import Resources
package import TestTime

/// A reconciler on a test bench: an API server in memory, a clock that stands still, and passes run by hand.
///
/// The world is the test's own: its closures stand behind the reconciler.
package struct Bench<R: Reconciler>: Sendable {
    package var reconciler: R
    /// What passes see of the API server; `server` behind faults when the test wants them.
    package var client: any ObjectClient
    package let server: MemoryObjectClient
    package let clock: TestClock
    package var settings: PassSettings

    package init(
        _ reconciler: R, clock: TestClock = TestClock(), server: MemoryObjectClient? = nil,
        settings: PassSettings = PassSettings()
    ) {
        self.reconciler = reconciler
        self.clock = clock
        self.server = server ?? MemoryObjectClient(time: Timekeeper(clock))
        self.settings = settings
        client = self.server
    }

    package var time: Timekeeper { Timekeeper(clock) }

    package var pass: Pass<R> {
        Pass(reconciler, client: client, objects: ClientReader(client), settings: settings, time: time)
    }

    /// The object as it is now; absent when it is gone.
    package func object(_ key: ObjectKey) async throws -> Object? { try await server.find(reconciler.type, key) }

    /// Puts an object there, with a status when it carries one.
    @discardableResult
    package func put(_ object: Object, _ type: ResourceType? = nil) async throws -> Object {
        try await server.seed(type ?? reconciler.type, object)
    }

    /// One pass over the object as it is now; absent when it is gone.
    @discardableResult
    package func runPass(_ key: ObjectKey) async throws -> PassReport? {
        guard let object = try await client.find(reconciler.type, key) else { return nil }
        return try await pass.run(object)
    }

    /// Passes until the reconciler waits for something other than time, with the clock stepped as each asks.
    ///
    /// A conflict and a failure that may be retried lead to another pass, as they do in a controller.
    @discardableResult
    package func rest(_ key: ObjectKey, within limit: Int = 100) async throws -> [PassReport] {
        var reports: [PassReport] = []
        for _ in 0..<limit {
            let report: PassReport?
            do { report = try await runPass(key) } catch let error as APIError where error.reason == .conflict {
                continue
            }
            guard let report else { return reports }
            reports.append(report)
            switch report.verdict {
            case .failed(let failure) where failure.rejection == nil:
                clock.advance(by: failure.retryAfter ?? .seconds(1))
            case .outcome(.polling(let delay, _)): clock.advance(by: max(delay, .milliseconds(1)))
            case .outcome, .inUse, .failed: return reports
            }
        }
        throw NeverCame(
            description: "no rest after \(limit) passes; the last: \(reports.last.map { "\($0.verdict)" } ?? "none")")
    }

    /// Asks for the object's deletion, then passes until it is gone or held.
    @discardableResult
    package func delete(_ key: ObjectKey) async throws -> [PassReport] {
        try await server.delete(reconciler.type, key, DeleteOptions())
        return try await rest(key)
    }
}
