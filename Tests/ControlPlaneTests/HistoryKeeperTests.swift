// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources
import ServiceLifecycle
import Stores
import TestTime
import Testing

@testable import ControlPlane

@Suite("Keeping history", .timeLimit(.minutes(1)))
struct HistoryKeeperTests {
    @Test("history is forgotten once it is older than was asked for, and not before")
    func forgets() async throws {
        let (clock, store) = (TestClock(), MemoryStore())
        let key = StoreKey(
            GroupResource(group: "", resource: "configmaps"),
            ObjectKey(organization: "", namespace: "a", name: "b"))
        let object = StoredObject(["metadata": ["name": "b"]], version: "v1")
        let first = try await store.commit(Change(key: key, expectation: .absent, write: .put(object)))
        let keeper = HistoryKeeper(store: store, history: .seconds(600), time: Timekeeper(clock))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keeper.run() }
            try await step(clock, minutes: 9)
            _ = try await store.changes(after: .zero)
            try await step(clock, minutes: 1)
            await #expect(throws: StoreError.expired(oldest: first)) { try await store.changes(after: .zero) }
            #expect(try await store.get(key) != nil)
            group.cancelAll()
        }
    }

    private func step(_ clock: TestClock, minutes: Int) async throws {
        for _ in 0..<minutes {
            try await eventually("a sleeper") { clock.sleeperCount == 1 }
            clock.advance(by: .seconds(60))
        }
        try await eventually("a sleeper") { clock.sleeperCount == 1 }
    }
}
