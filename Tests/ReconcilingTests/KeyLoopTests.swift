// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import Logging
import Reconciling
import Resources
import ServiceLifecycle
import Synchronization
import TestTime
import Testing

@Suite("Key loop", .timeLimit(.minutes(1)))
struct KeyLoopTests {
    struct Failure: Error {}

    /// Counts, for passes that run at once.
    final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock(\.self) }
        func increase() -> Int {
            count.withLock {
                $0 += 1
                return $0
            }
        }
    }

    @Test("works again after an error, tells it, and after the time that a pass asks for")
    func again() async throws {
        let clock = TestClock()
        let passes = Counter(), errors = Counter()
        let loop = KeyLoop<String>(
            waitingFor: [], time: Timekeeper(clock), report: { _ in _ = errors.increase() }
        ) { _ in
            switch passes.increase() {
            case 1: throw Failure()
            case 2: return .seconds(60)
            default: return nil
            }
        }
        loop.add("a")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await loop.run() }
            for count in 2...3 {
                try await eventually("the timer") { clock.sleeperCount > 0 }
                clock.advance(by: .seconds(60))
                try await eventually("pass \(count)") { passes.value == count }
            }
            group.cancelAll()
        }
        #expect(errors.value == 1)
    }

    @Test("finishes the pass that runs at a graceful shutdown, and begins no other")
    func shutdown() async throws {
        let begun = Counter(), ended = Counter()
        let loop = KeyLoop<Int>(waitingFor: [], workers: 1, time: .system, report: { _ in }) { _ in
            _ = begun.increase()
            // The loop hears of the shutdown before what runs in it does.
            try await gracefulShutdown()
            _ = ended.increase()
            return nil
        }
        loop.add(1)
        loop.add(2)
        let services = ServiceGroup(
            configuration: .init(services: [.init(service: loop)], logger: .init(label: "test")))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            try await eventually("the pass") { begun.value == 1 }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
        #expect(begun.value == 1)
        #expect(ended.value == 1)
    }

    @Test("ends at a graceful shutdown while it still waits for informers")
    func waiting() async throws {
        let informer = Informers(client: MemoryObjectClient()).informer(
            for: ResourceType(group: "", version: "v1", kind: "Namespace", plural: "namespaces", isNamespaced: false))
        let loop = KeyLoop<Int>(waitingFor: [informer], time: .system, report: { _ in }) { _ in
            Issue.record("nothing is known yet")
            return nil
        }
        loop.add(1)
        let services = ServiceGroup(
            configuration: .init(services: [.init(service: loop)], logger: .init(label: "test")))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }
}
