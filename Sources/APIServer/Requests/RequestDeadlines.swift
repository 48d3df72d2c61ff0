// SPDX-License-Identifier: Apache-2.0

import Resources
import ServiceLifecycle
import Synchronization

/// Ends requests that take too long.
///
/// It counts ticks for all requests together, for a timer each would outlive its request and cost more than it. So a
/// request may last up to one tick longer than its limit.
package final class RequestDeadlines: Service {
    private struct State {
        var ticks = 0
        var next = 0
        var waiting: [Int: (due: Int, ring: @Sendable () -> Void)] = [:]
    }

    private let tick: Duration
    private let clock: any Clock<Duration>
    private let state = Mutex(State())

    /// Deadlines that hold only while they run.
    package init(tick: Duration = .seconds(1), clock: any Clock<Duration>) {
        self.tick = tick
        self.clock = clock
    }

    /// Ticks until cancellation or graceful shutdown, which is to come after the listener's.
    package func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await self.clock.sleep(for: self.tick) } catch is CancellationError { return }
                for ring in self.due() { ring() }
            }
        }
    }

    /// Does the work, and cancels it when its time is over; throws 504 then, unless it comes to its end all the same.
    func within<Value: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (bell, ringing) = AsyncStream<Void>.makeStream()
        let ticket = enter(limit) { ringing.yield() }
        defer { leave(ticket) }
        return try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask {
                defer { ringing.finish() }
                return try await work()
            }
            var isLate = false
            for await _ in bell {
                isLate = true
                break
            }
            group.cancelAll()
            do {
                guard let value = try await group.next() else { throw CancellationError() }
                return value
            } catch  where isLate { throw APIError.requestTimeout }
        }
    }

    /// Calls `ring` after that time, unless whoever entered leaves first.
    func enter(_ limit: Duration, _ ring: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            state.next += 1
            // The tick that runs now is not a whole one.
            state.waiting[state.next] = (state.ticks + Int((limit / tick).rounded(.up)) + 1, ring)
            return state.next
        }
    }

    /// Calls off what a ticket of `enter` stands for.
    func leave(_ ticket: Int) { state.withLock { $0.waiting[ticket] = nil } }

    private func due() -> [@Sendable () -> Void] {
        state.withLock { state in
            state.ticks += 1
            return state.waiting.values.filter { $0.due <= state.ticks }.map(\.ring)
        }
    }
}

extension APIError {
    /// A request was not done in its time; whether it did something is unknown.
    static let requestTimeout = APIError(
        .timeout, "Timeout: request did not complete within the allotted timeout")
}
