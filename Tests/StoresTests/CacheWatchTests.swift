// SPDX-License-Identifier: Apache-2.0

import Resources
import StoreContract
import Testing

@testable import Stores

@Suite("CacheWatch", .timeLimit(.minutes(1)))
struct CacheWatchTests {
    private let acme = StorePrefix(Sample.type, Scope(.one("acme")))

    @Test("a watch tells what came after its revision, with what was before")
    func follows() async throws {
        try await withCache { cache, _ in
            let key = Sample.key("a")
            let first = try await cache.commit(Sample.create(key, "one"))
            let watch = try await cache.watch(acme, after: first)
            let second = try await cache.commit(Sample.update(key, at: first, "two"))
            let third = try await cache.commit(Sample.delete(key, at: second))
            let events = try await take(2, from: watch)
            #expect(events.map(\.action) == [.changed, .deleted])
            #expect(events.map(\.revision) == [second, third])
            #expect(events.map(\.previous?.revision) == [first, second])
            #expect(watch.position == third)
        }
    }

    @Test("a watch hears of nothing outside its prefix, and does not fall behind while it sleeps")
    func sleeps() async throws {
        try await withCache(eventCapacity: 4) { cache, _ in
            let watch = try await cache.watch(acme, after: .zero)
            async let events = take(1, from: watch)
            for number in 0..<50 {
                _ = try await cache.commit(Sample.create(Sample.key("\(number)", organization: "other")))
                while !cache.isAsleep(watch) { await Task.yield() }
            }
            let revision = try await cache.commit(Sample.create(Sample.key("mine")))
            #expect(try await events.map(\.revision) == [revision])
        }
    }

    @Test("a watch under a prefix that ends says what there is to say first, asleep or not; later ones go on")
    func ends() async throws {
        try await withCache { cache, _ in
            let busy = try await cache.watch(acme, after: .zero)
            let elsewhere = try await cache.watch(StorePrefix(Sample.type, .everywhere), after: .zero)
            let revision = try await cache.commit(Sample.create(Sample.key("last")))
            let asleep = try await cache.watch(acme, after: revision)
            async let nothing = take(1, from: asleep)
            while !cache.isAsleep(asleep) { await Task.yield() }
            cache.endWatches(under: acme)
            #expect(try await nothing.isEmpty)
            #expect(try await take(2, from: busy).map(\.revision) == [revision])
            let young = try await cache.watch(acme, after: revision)
            let next = try await cache.commit(Sample.create(Sample.key("next")))
            #expect(try await take(1, from: young).map(\.revision) == [next])
            #expect(try await take(2, from: elsewhere).map(\.revision) == [revision, next])
        }
    }

    @Test("a reader that falls out of the ring hears that it is expired")
    func fallsBehind() async throws {
        try await withCache(eventCapacity: 10) { cache, _ in
            let first = try await cache.commit(Sample.create(Sample.key("first")))
            let watch = try await cache.watch(acme, after: first)
            try await fill(cache, 11)
            await #expect(throws: StoreError.expired(oldest: Revision(2))) { try await take(1, from: watch) }
        }
    }

    @Test("a watch from before the ring begins in the store's history, then goes on in the ring")
    func resumes() async throws {
        let store = MemoryStore()
        var last = try await store.commit(Sample.create(Sample.key("a")))
        for _ in 1..<700 { last = try await store.commit(Sample.update(Sample.key("a"), at: last)) }
        try await withCache(store, eventCapacity: 10) { cache, _ in
            let watch = try await cache.watch(acme, after: Revision(5))
            for _ in 0..<5 { last = try await cache.commit(Sample.update(Sample.key("a"), at: last)) }
            let events = try await take(700, from: watch)
            #expect(events.map(\.revision.value) == Array(6...705))
            #expect(events.dropFirst().map(\.previous?.revision) == events.dropLast().map(\.revision))
        }
    }

    @Test("a watch from before the store's history is expired at once, and so is one from the future")
    func expires() async throws {
        let store = MemoryStore()
        for number in 0..<10 { _ = try await store.commit(Sample.create(Sample.key("\(number)"))) }
        try await store.compact(through: Revision(5))
        try await withCache(store) { cache, _ in
            await #expect(throws: StoreError.expired(oldest: Revision(5))) {
                try await cache.watch(.all, after: Revision(4))
            }
            await #expect(throws: StoreError.expired(oldest: Revision(10))) {
                try await cache.watch(.all, after: Revision(11))
            }
        }
    }

    @Test("a requested bookmark tells an idle watch how far it is")
    func bookmarks() async throws {
        try await withCache { cache, _ in
            let watch = try await cache.watch(acme, after: .zero)
            let revision = try await cache.commit(Sample.create(Sample.key("x", organization: "other")))
            async let batch = watch.first { _ in true }
            while !cache.isAsleep(watch) { await Task.yield() }
            cache.requestBookmarks()
            #expect(try await batch?.isEmpty == true)
            #expect(watch.position == revision)
        }
    }

    @Test("a cancelled reader leaves nothing behind")
    func cancels() async throws {
        try await withCache { cache, _ in
            let watch = try await cache.watch(acme, after: .zero)
            let reader = Task { try await take(1, from: watch) }
            while !cache.isAsleep(watch) { await Task.yield() }
            reader.cancel()
            await #expect(throws: CancellationError.self) { try await reader.value }
            #expect(!cache.isAsleep(watch))
        }
    }

    @Test(
        "many watchers of many prefixes each see exactly their own events", arguments: [UInt64.random(in: 0 ... .max)])
    func manyWatchers(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let organizations = (0..<5).map { "o\($0)" }
        let keys = (0..<400).map { number in
            Sample.key("\(number)", organization: organizations.randomElement(using: &random) ?? "")
        }
        try await withCache { cache, _ in
            try await withThrowingTaskGroup(of: (String, [StoreKey]).self) { group in
                for organization in organizations + organizations {
                    let expected = keys.count { $0.object.organization == organization }
                    let watch = try await cache.watch(StorePrefix(Sample.type, Scope(.one(organization))), after: .zero)
                    group.addTask { (organization, try await take(expected, from: watch).map(\.stored.key)) }
                }
                for key in keys { _ = try await cache.commit(Sample.create(key)) }
                for try await (organization, seen) in group {
                    #expect(seen == keys.filter { $0.object.organization == organization }, "seed \(seed)")
                }
            }
        }
    }

    @Test("a cache that fell behind the store loads again, and its watches are expired")
    func loadsAgain() async throws {
        let store = ForgetfulStore()
        try await withCache(store) { cache, _ in
            _ = try await cache.commit(Sample.create(Sample.key("a")))
            let watch = try await cache.watch(acme, after: Revision(1))
            let reader = Task { try await take(1, from: watch) }
            while !cache.isAsleep(watch) { await Task.yield() }
            store.forgetOnce()
            let revision = try await cache.commit(Sample.create(Sample.key("b")))
            await #expect(throws: StoreError.self) { try await reader.value }
            #expect(try await cache.list(.all).items.count == 2)
            #expect(cache.currentRevision == revision)
        }
    }
}

/// The first so many events.
private func take(_ count: Int, from watch: CacheWatch) async throws -> [CacheEvent] {
    var events: [CacheEvent] = []
    var iterator = watch.makeAsyncIterator()
    while events.count < count, let batch = try await iterator.next() { events += batch }
    return events
}

extension WatchCache {
    /// Whether the watch's reader waits for something to happen.
    fileprivate func isAsleep(_ watch: CacheWatch) -> Bool {
        withState { $0.hasSleepers(of: watch.prefix) }
    }
}
