// SPDX-License-Identifier: Apache-2.0

import StoreContract
import Stores
import StoresSQLite
import Testing

@Suite("WatchCache in front of SQLiteStore", .timeLimit(.minutes(1)))
struct CachedSQLiteTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a watch from before a restart resumes exactly where it was")
    func resumes() async throws {
        let half = 300
        var seen: [Int64] = []
        for turn in 0..<2 {
            let store = try folder.open()
            try await withCache(store) { cache in
                let watch = try await cache.watch(.all, after: Revision(seen.last ?? 0))
                var iterator = watch.makeAsyncIterator()
                for number in 0..<half { _ = try await cache.commit(Sample.create(Sample.key("\(turn)-\(number)"))) }
                // The first half of the watch is broken off in the middle.
                while seen.count < (turn == 0 ? half / 3 : 2 * half), let batch = try await iterator.next() {
                    seen += batch.map(\.revision.value)
                    if turn == 0 { seen = Array(seen.prefix(half / 3)) }
                }
            }
            try await store.close()
        }
        #expect(seen == Array(1...Int64(2 * half)))
    }

    @Test("many clients read their own writes while everything is followed by many watchers")
    func busy() async throws {
        let store = try folder.open()
        let (clients, changes) = (32, 40)
        try await withCache(store) { cache in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    let watch = try await cache.watch(.all, after: .zero)
                    group.addTask { try await count(watch, until: clients * changes) }
                }
                for client in 0..<clients { group.addTask { try await churn(cache, client, changes) } }
                for try await count in group { #expect([changes, clients * changes].contains(count)) }
            }
        }
        try await store.close()
    }

    private func count(_ watch: CacheWatch, until end: Int) async throws -> Int {
        var revisions: [Int64] = []
        for try await batch in watch {
            revisions += batch.map(\.revision.value)
            if revisions.count >= end { break }
        }
        #expect(revisions == Array(1...Int64(end)))
        return revisions.count
    }

    private func churn(_ cache: WatchCache, _ client: Int, _ changes: Int) async throws -> Int {
        let key = Sample.key("client-\(client)")
        var present = try await cache.commit(Sample.create(key))
        for turn in 1..<changes {
            present = try await cache.commit(Sample.update(key, at: present, "\(turn)"))
            #expect(try await cache.get(key)?.revision == present)
        }
        return changes
    }

    private func withCache(_ store: any Store, body: (WatchCache) async throws -> Void) async throws {
        let cache = WatchCache(store: store)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await cache.run() }
            try await cache.waitUntilReady()
            try await body(cache)
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
