// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import Resources
import Synchronization
import TestTime
import Testing

@Suite("Informer", .timeLimit(.minutes(1)))
struct InformerTests {
    let clock = TestClock()
    let client = MemoryObjectClient()
    let type = ClientContract.widget

    func informer(pageSize: Int = 2, on client: (any ObjectClient)? = nil) -> Informer {
        let settings = InformerSettings(
            pageSize: pageSize, backoff: Backoff(base: .seconds(1), cap: .seconds(4), random: { 0 }))
        return Informer(type, client: client ?? self.client, settings: settings, time: Timekeeper(clock))
    }

    @discardableResult
    func create(_ name: String, owner: Object? = nil) async throws -> Object {
        var object = Object(type.kind, key: key(name), spec: ["size": 1])
        if let owner { object.metadata.ownerReferences = [OwnerReference(to: owner)] }
        return try await client.create(type, object, WriteOptions())
    }

    func resize(_ name: String, to size: Int64) async throws {
        _ = try await client.patch(type, key(name), .merge(["spec": ["size": .integer(size)]]), WriteOptions())
    }

    func delete(_ name: String) async throws { try await client.delete(type, key(name), DeleteOptions()) }

    func key(_ name: String) -> ObjectKey { ObjectKey(organization: "acme", namespace: "prod", name: name) }

    /// Runs an informer around a body, from its first list on.
    func running(_ informer: Informer, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await informer.run() }
            try await informer.waitUntilSynced()
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test("a handler hears of every object once as added, however late it comes")
    func added() async throws {
        for name in ["a", "b", "c", "d", "e"] { try await create(name) }
        let (early, late) = (Heard(), Heard())
        let informer = informer()
        informer.handle(early.note)
        try await running(informer) {
            try await create("f")
            try await eventually("f") { informer.lister.get(key("f")) != nil }
            informer.handle(late.note)
            try await create("g")
            try await eventually("g") { late.words.count == 7 }
        }
        let expected = ["a", "b", "c", "d", "e", "f", "g"].map { "+\($0)" }
        #expect(early.words == expected)
        #expect(late.words == expected)
        #expect(informer.hasSynced)
    }

    @Test("changes arrive in order, after the mirror has them")
    func order() async throws {
        let informer = informer()
        let heard = Heard()
        let isMirrored = Mirrored(informer)
        informer.handle(heard.note)
        informer.handle(isMirrored.check)
        try await running(informer) {
            try await create("a")
            for size in 2...20 { try await resize("a", to: Int64(size)) }
            try await delete("a")
            try await eventually("the deletion") { heard.words.last == "-a" }
        }
        #expect(heard.words == ["+a"] + (2...20).map { "a:\($0 - 1)>\($0)" } + ["-a"])
        #expect(isMirrored.isAlways)
        #expect(informer.lister.count == 0)
    }

    @Test("a deletion missed while not watching is heard after the next list")
    func missed() async throws {
        for name in ["a", "b", "c"] { try await create(name) }
        let heard = Heard()
        let informer = informer()
        informer.handle(heard.note)
        try await running(informer) {
            try await eventually("a watch") { client.watcherCount == 1 }
            client.endWatches(throwing: APIError(.expired, "too old"))
            try await eventually("the back-off") { clock.sleeperCount == 1 }
            try await delete("a")
            try await delete("b")
            try await create("b")
            try await resize("c", to: 5)
            client.compact()
            clock.advance(by: .seconds(1))
            try await eventually("all news") { heard.words.count == 7 }
        }
        #expect(Set(heard.words.dropFirst(3)) == ["-a", "-b", "+b", "c:1>5"])
    }

    @Test("a watch resumes where it ended, without a new list")
    func resumes() async throws {
        let counting = CountingClient(client)
        let informer = informer(on: counting)
        let heard = Heard()
        informer.handle(heard.note)
        try await running(informer) {
            try await create("a")
            try await eventually("a") { heard.words == ["+a"] }
            client.endWatches()
            try await create("b")
            try await eventually("b") { heard.words == ["+a", "+b"] }
            client.sendBookmarks()
            client.endWatches(throwing: APIError(.internalError, "broken"))
            try await eventually("the back-off") { clock.sleeperCount == 1 }
            try await create("c")
            clock.advance(by: .seconds(1))
            try await eventually("c") { heard.words == ["+a", "+b", "+c"] }
        }
        #expect(counting.lists == 1)
    }

    @Test("an expired watch lists again")
    func expired() async throws {
        let counting = CountingClient(client)
        let informer = informer(on: counting)
        try await running(informer) {
            try await eventually("a watch") { client.watcherCount == 1 }
            client.endWatches(throwing: APIError(.gone, "compacted"))
            try await eventually("the back-off") { clock.sleeperCount == 1 }
            try await create("a")
            clock.advance(by: .seconds(1))
            try await eventually("a") { informer.lister.get(key("a")) != nil }
        }
        #expect(counting.lists == 2)
    }

    @Test("errors are retried with back-off, and the mirror stays readable")
    func retries() async throws {
        try await create("a")
        let counting = CountingClient(client)
        let informer = informer(on: counting)
        try await running(informer) {
            try await eventually("a watch") { client.watcherCount == 1 }
            counting.isBroken = true
            client.endWatches(throwing: APIError(.internalError, "broken"))
            for seconds in [1, 2, 4, 4] {
                try await eventually("a delay of \(seconds) s") { clock.nextWake == .seconds(seconds) }
                #expect(informer.lister.get(key("a")) != nil)
                clock.advance(by: .seconds(seconds))
            }
            try await eventually("one more delay") { clock.nextWake == .seconds(4) }
            counting.isBroken = false
            clock.advance(by: .seconds(4))
            try await create("b")
            try await eventually("b") { informer.lister.get(key("b")) != nil }
        }
    }

    @Test("objects are found by owner")
    func owners() async throws {
        let owner = try await create("owner")
        try await create("child", owner: owner)
        try await create("other")
        let informer = informer()
        try await running(informer) {
            let uid = owner.metadata.uid ?? ""
            #expect(informer.lister.owned(by: uid).map(\.metadata.name) == ["child"])
            try await delete("child")
            try await eventually("no child") { informer.lister.owned(by: uid).isEmpty }
        }
    }

    @Test("informers are shared by kind, begin when asked for, and read like the server")
    func shared() async throws {
        try await create("a")
        let informers = Informers(client: client)
        #expect(try await informers.object(type, key("a")) != nil, "a kind that is not watched is read from the server")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await informers.run() }
            let informer = informers.informer(for: type)
            #expect(informers.informer(for: type) === informer)
            try await informer.waitUntilSynced()
            #expect(try await informers.objects(type, in: Scope(.one("acme"))).map(\.metadata.name) == ["a"])
            #expect(try await informers.objects(type, in: Scope(.one("umbrella"))).isEmpty)
            #expect(try await informers.object(type, key("b")) == nil)
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

/// Writes down what a handler hears: `+a`, `a:1>2`, `-a`.
private final class Heard: Sendable {
    private let state = Mutex<[String]>([])
    var words: [String] { state.withLock { $0 } }

    func note(_ change: ObjectChange) {
        let word =
            switch change {
            case .added(let object): "+\(object.metadata.name)"
            case .deleted(let object): "-\(object.metadata.name)"
            case .changed(let old, let new): "\(new.metadata.name):\(Self.size(old))>\(Self.size(new))"
            }
        state.withLock { $0.append(word) }
    }

    private static func size(_ object: Object) -> Int64 { object.spec?["size"]?.integer ?? 0 }
}

/// Looks whether the mirror shows a change, or a later one, at the moment it is told.
private final class Mirrored: Sendable {
    private let informer: Informer
    private let state = Mutex(true)
    var isAlways: Bool { state.withLock { $0 } }

    init(_ informer: Informer) { self.informer = informer }

    func check(_ change: ObjectChange) {
        let mirrored = informer.lister.get(change.object.key)
        let holds =
            switch change {
            case .deleted: mirrored == nil
            case .added(let object), .changed(_, let object): mirrored == object
            }
        if !holds { state.withLock { $0 = false } }
    }
}

/// Counts lists and fails on demand.
private final class CountingClient: ObjectClient {
    private let client: MemoryObjectClient
    private let state = Mutex<(lists: Int, isBroken: Bool)>((0, false))

    init(_ client: MemoryObjectClient) { self.client = client }

    var lists: Int { state.withLock(\.lists) }
    var isBroken: Bool {
        get { state.withLock(\.isBroken) }
        set { state.withLock { $0.isBroken = newValue } }
    }

    func list(_ type: ResourceType, _ query: ListQuery) async throws -> ObjectList {
        state.withLock { $0.lists += 1 }
        return try await client.list(type, query)
    }

    func watch(_ type: ResourceType, _ query: WatchQuery) async throws -> AsyncThrowingStream<WatchEvent, any Error> {
        if isBroken { throw APIError(.serviceUnavailable, "not now") }
        return try await client.watch(type, query)
    }

    func get(_ type: ResourceType, _ key: ObjectKey) async throws -> Object { try await client.get(type, key) }

    func create(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object {
        try await client.create(type, object, options)
    }

    func update(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object {
        try await client.update(type, object, options)
    }

    func patch(
        _ type: ResourceType, _ key: ObjectKey, _ patch: Patch, _ options: WriteOptions
    ) async throws -> Object {
        try await client.patch(type, key, patch, options)
    }

    func delete(_ type: ResourceType, _ key: ObjectKey, _ options: DeleteOptions) async throws {
        try await client.delete(type, key, options)
    }
}
