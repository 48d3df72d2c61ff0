// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import StoreContract
import Stores
import Testing

@Suite("WatchCache", .timeLimit(.minutes(1)))
struct WatchCacheTests {
    @Test("an acknowledged write is seen by every later read")
    func readsItsWrites() async throws {
        try await withCache { cache, _ in
            let key = Sample.key("a")
            let created = try await cache.commit(Sample.create(key, "one"))
            #expect(try await cache.get(key)?.revision == created)
            let changed = try await cache.commit(Sample.update(key, at: created, "two"))
            #expect(try await cache.get(key) == Stored(key: key, object: Sample.object("a", "two"), revision: changed))
            let deleted = try await cache.commit(Sample.delete(key, at: changed))
            #expect(try await cache.get(key) == nil)
            #expect(cache.currentRevision == deleted)
        }
    }

    @Test("a write of another replica is seen once it is acknowledged")
    func readsOtherWrites() async throws {
        try await withCache { cache, store in
            for number in 0..<200 {
                let revision = try await store.commit(Sample.create(Sample.key("\(number)")))
                #expect(try await cache.get(Sample.key("\(number)"))?.revision == revision)
            }
            #expect(try await cache.list(.all).items.count == 200)
        }
    }

    @Test("what was in the store before is loaded first")
    func loads() async throws {
        let store = MemoryStore()
        for number in 0..<1500 { _ = try await store.commit(Sample.create(Sample.key("\(number)"))) }
        try await withCache(store) { cache, _ in
            let page = try await cache.list(.all)
            let snapshot = try await store.list(.all)
            #expect(page.items.map(\.stored) == snapshot.items)
            #expect(page.revision == snapshot.revision)
        }
    }

    @Test("a refused change throws the store's error")
    func refuses() async throws {
        try await withCache { cache, _ in
            let key = Sample.key("a")
            _ = try await cache.commit(Sample.create(key))
            await #expect(throws: StoreError.exists(key)) { try await cache.commit(Sample.create(key)) }
        }
    }

    @Test("when the cache ends, reads fail and watches end")
    func ends() async throws {
        let store = MemoryStore()
        let cache = WatchCache(store: store)
        let running = Task { try await cache.run() }
        try await cache.waitUntilReady()
        let watch = try await cache.watch(.all, after: .zero)
        let watcher = Task {
            var batches = 0
            for try await _ in watch { batches += 1 }
            return batches
        }
        running.cancel()
        #expect(try await watcher.value == 0)
        try await running.value
        _ = try await store.commit(Sample.create(Sample.key("late")))
        await #expect(throws: StoreError.self) { try await cache.get(Sample.key("late")) }
    }

    @Test("an object's labels can be read without its tree")
    func labels() async throws {
        try await withCache { cache, _ in
            let tail = Array(#""name":"a","labels":{"app":"web","tier":"front"}},"spec":{}}"#.utf8)
            let write = Change.Write.put(StoredObject(version: "v1", tail: tail))
            _ = try await cache.commit(Change(key: Sample.key("a"), expectation: .absent, write: write))
            _ = try await cache.commit(Sample.create(Sample.key("b")))
            #expect(try await cache.list(.all).items.map(\.labels) == [["app": "web", "tier": "front"], [:]])
        }
    }

    @Test("pages of a list are all of the first page's moment, whatever is written between")
    func pages() async throws {
        try await withCache { cache, _ in
            try await fill(cache, 1000)
            let prefix = StorePrefix(Sample.type, Scope(.one("acme")))
            let whole = try await cache.list(prefix)
            var page = try await cache.list(prefix, limit: 300)
            var items = page.items.map(\.stored)
            #expect(page.remaining == 700)
            while let next = page.next {
                try await disturb(cache, after: items)
                page = try await cache.list(prefix, at: whole.revision, after: next, limit: 300)
                #expect(page.revision == whole.revision)
                items += page.items.map(\.stored)
                #expect(items.count + page.remaining == 1000)
            }
            #expect(items == whole.items.map(\.stored))
            #expect(try await cache.list(prefix).items.map(\.stored) != items)
        }
    }

    /// Deletes, changes and creates objects before and after the place that a list has reached.
    private func disturb(_ cache: WatchCache, after items: [Stored]) async throws {
        let present = try await cache.list(.all).items
        for item in present.enumerated().filter({ $0.offset % 97 == 3 }).map(\.element) {
            _ = try await cache.commit(Sample.delete(item.key, at: item.revision))
        }
        for item in present.enumerated().filter({ $0.offset % 89 == 5 && $0.offset % 97 != 3 }).map(\.element) {
            let changed = try await cache.commit(Sample.update(item.key, at: item.revision, "changed"))
            _ = try await cache.commit(Sample.update(item.key, at: changed, "again"))
        }
        for number in 0..<20 { _ = try await cache.commit(Sample.create(Sample.key("new-\(items.count)-\(number)"))) }
    }

    @Test("a page whose moment has left the ring is expired")
    func expiresPages() async throws {
        try await withCache(eventCapacity: 10) { cache, _ in
            try await fill(cache, 5)
            let first = try await cache.list(.all, limit: 2)
            for number in 0..<10 { _ = try await cache.commit(Sample.create(Sample.key("more-\(number)"))) }
            #expect(try await cache.list(.all, at: first.revision, after: first.next).items.count == 3)
            _ = try await cache.commit(Sample.create(Sample.key("one-too-many")))
            await #expect(throws: StoreError.expired(oldest: Revision(6))) {
                try await cache.list(.all, at: first.revision, after: first.next)
            }
            await #expect(throws: StoreError.self) { try await cache.list(.all, at: Revision(99)) }
        }
    }
}

/// Runs a cache beside the body.
func withCache(
    _ store: any Store = MemoryStore(), eventCapacity: Int = 16_384,
    body: (WatchCache, any Store) async throws -> Void
) async throws {
    let cache = WatchCache(store: store, eventCapacity: eventCapacity)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await cache.run() }
        try await cache.waitUntilReady()
        try await body(cache, store)
        group.cancelAll()
        try await group.waitForAll()
    }
}

/// Creates so many objects, in an order that is not the keys'.
func fill(_ cache: WatchCache, _ count: Int) async throws {
    for number in (0..<count).reversed() { _ = try await cache.commit(Sample.create(Sample.key("\(number)"))) }
}
