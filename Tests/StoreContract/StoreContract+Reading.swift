// SPDX-License-Identifier: Apache-2.0

import Resources
import Stores
import Testing

extension StoreContract {
    static func aListIsOfOneMoment(_ subject: Subject) async throws {
        let store = subject.store
        let names = ["b", "a-b", "a", "a.b", "c"]
        for (organization, namespace) in [("acme", "web"), ("acme", "db"), ("acme-2", "web"), ("", "")] {
            for name in names {
                let key = Sample.key(name, namespace: namespace, organization: organization)
                _ = try await store.commit(Sample.create(key))
            }
        }
        let cases: [(StorePrefix, Int)] = [
            (.all, 20), (StorePrefix(Sample.type, .everywhere), 20), (StorePrefix(Sample.type, Scope(.root)), 5),
            (StorePrefix(Sample.type, Scope(.one("acme"))), 10),
            (StorePrefix(Sample.type, Scope(.one("acme"), namespace: "db")), 5),
            (StorePrefix(GroupResource(group: "", resource: "secrets"), .everywhere), 0),
        ]
        for (prefix, count) in cases {
            let snapshot = try await store.list(prefix)
            #expect(snapshot.items.count == count)
            #expect(snapshot.items.allSatisfy { prefix.contains($0.key) })
            #expect(snapshot.items.map(\.key) == snapshot.items.map(\.key).sorted())
            #expect(snapshot.revision == Revision(20))
        }
        try await listsAgreeWithTheirRevision(store)
    }

    /// Lists while others write: replaying the events up to a list's revision must give that list.
    private static func listsAgreeWithTheirRevision(_ store: any Store) async throws {
        let start = try await store.list(.all)
        let lists = try await withThrowingTaskGroup(of: Snapshot?.self) { group in
            for number in 0..<40 {
                group.addTask {
                    _ = try await store.commit(Sample.create(Sample.key("n\(number)")))
                    return number.isMultiple(of: 4) ? try await store.list(.all) : nil
                }
            }
            return try await group.reduce(into: [Snapshot]()) { if let list = $1 { $0.append(list) } }
        }
        for list in lists {
            let events = try await store.events(after: start.revision, through: list.revision)
            #expect(Set(list.items) == Set(start.items + events.map(\.stored)))
        }
    }

    static func noWatchEventIsLost(_ subject: Subject) async throws {
        let store = subject.store
        let (writers, changes) = (8, 40)
        let end = Revision(Int64(writers * changes))
        try await withThrowingTaskGroup(of: [StoreEvent].self) { group in
            for start in [0, 0, 100, 250] as [Int64] {
                group.addTask {
                    while try await store.currentRevision() < Revision(start) { await Task.yield() }
                    return try await store.events(after: Revision(start), through: end)
                }
            }
            for writer in 0..<writers {
                group.addTask {
                    try await churn(store, Sample.key("w\(writer)"), times: changes)
                    return []
                }
            }
            for try await events in group where !events.isEmpty {
                let first = try #require(events.first).stored.revision.value
                #expect(events.map(\.stored.revision.value) == Array(first...end.value), "gapless and in order")
                expectLawfulLives(events, from: first)
            }
        }
        let replayed = try await store.events(after: .zero, through: end).reduce(into: [StoreKey: Stored]()) {
            $0[$1.stored.key] = $1.action == .deleted ? nil : $1.stored
        }
        #expect(try await Set(store.list(.all).items) == Set(replayed.values))
    }

    /// Creates, changes and deletes one object over and over.
    private static func churn(_ store: any Store, _ key: StoreKey, times: Int) async throws {
        var present: Revision?
        for turn in 0..<times {
            let text = "turn \(turn)"
            guard let revision = present else {
                present = try await store.commit(Sample.create(key, text))
                continue
            }
            if turn % 5 == 4 {
                _ = try await store.commit(Sample.delete(key, at: revision))
                present = nil
            } else {
                present = try await store.commit(Sample.update(key, at: revision, text))
            }
        }
    }

    /// An object is created when it is not there, and changed or deleted when it is.
    private static func expectLawfulLives(_ events: [StoreEvent], from first: Int64) {
        var isThere: [StoreKey: Bool] = [:]
        for event in events {
            if let before = isThere[event.stored.key] ?? (first == 1 ? false : nil) {
                #expect(before == (event.action != .created))
            }
            isThere[event.stored.key] = event.action != .deleted
        }
    }
}
