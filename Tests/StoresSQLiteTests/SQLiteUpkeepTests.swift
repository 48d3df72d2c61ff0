// SPDX-License-Identifier: Apache-2.0

import Dispatch
import StoreContract
import Stores
import Synchronization
import Testing

@testable import StoresSQLite

@Suite("SQLiteStore in use", .timeLimit(.minutes(1)))
struct SQLiteUpkeepTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("when the disk is full, writes are unavailable and reads go on")
    func diskFull() async throws {
        var options = SQLiteStore.Options()
        options.maximumPages = 40
        let store = try folder.open(options)
        var acknowledged: [Stored] = []
        let refusal = await #expect(throws: StoreError.self) {
            for number in 0..<1000 {
                let key = Sample.key("\(number)")
                let change = Sample.create(key, String(repeating: "x", count: 2000))
                acknowledged.append(
                    Stored(key: key, object: change.object, revision: try await store.commit(change)))
            }
        }
        #expect(refusal == .unavailable("database or disk is full (SQLite code 13)"))
        #expect(acknowledged.count > 10)
        let newest = try #require(acknowledged.last)
        #expect(try await store.list(.all).items.count == acknowledged.count)
        #expect(try await store.get(newest.key) == newest)
        #expect(try await store.events(after: .zero, through: newest.revision).count == acknowledged.count)
        try await store.close()
        // More room, and it goes on at the next revision.
        let larger = try folder.open()
        #expect(try await larger.list(.all).items.count == acknowledged.count)
        let next = try await larger.commit(Sample.create(Sample.key("next")))
        #expect(next.value == newest.revision.value + 1)
    }

    @Test("more changes than may wait are refused, the others are made")
    func fullQueue() async throws {
        var options = SQLiteStore.Options()
        options.pendingChanges = 10
        let store = try folder.open(options)
        let gate = DispatchSemaphore(value: 0)
        store.writer.schedule { _ in gate.wait() }
        let results = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<30 {
                group.addTask { try await isAccepted(Sample.create(Sample.key("\(number)")), store) }
            }
            var results: [Bool] = []
            while let result = try await group.next() {
                results.append(result)
                if results.count == 20 { gate.signal() }
            }
            return results
        }
        #expect(results == Array(repeating: false, count: 20) + Array(repeating: true, count: 10))
        #expect(try await store.list(.all).items.count == 10)
    }

    @Test("everything that waits shares one transaction, and a refused change fails alone")
    func groupsCommits() async throws {
        let store = try folder.open()
        let key = Sample.key("contested")
        let gate = DispatchSemaphore(value: 0)
        store.writer.schedule { _ in gate.wait() }
        try await withThrowingTaskGroup(of: Revision?.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let change = Sample.create(number.isMultiple(of: 10) ? key : Sample.key("\(number)"))
                    do { return try await store.commit(change) } catch StoreError.exists(key) { return nil }
                }
            }
            while store.queue.withLock({ $0.count }) < 100 { await Task.yield() }
            async let batches = store.writer.run { [store.writeBatch($0), store.writeBatch($0)] }
            gate.signal()
            #expect(try await batches == [false, false], "the writer had done all at once before")
            let revisions = try await group.reduce(into: [Revision]()) { if let revision = $1 { $0.append(revision) } }
            #expect(revisions.map(\.value).sorted() == Array(1...91))
        }
        #expect(try await store.list(.all).items.count == 91)
    }

    private func isAccepted(_ change: Change, _ store: SQLiteStore) async throws -> Bool {
        do { _ = try await store.commit(change) } catch StoreError.unavailable { return false }
        return true
    }

    @Test("close writes what waits, refuses what comes later, and ends the streams")
    func closes() async throws {
        let store = try folder.open()
        let first = try await store.commit(Sample.create(Sample.key("first")))
        let stream = try await store.changes(after: first)
        try await store.close()
        var iterator = stream.makeAsyncIterator()
        #expect(try await iterator.next() == nil)
        await #expect(throws: StoreError.unavailable("the store is closed")) {
            try await store.commit(Sample.create(Sample.key("late")))
        }
        await #expect(throws: StoreError.self) { try await store.get(Sample.key("first")) }
        #expect(try folder.size(of: "-lock") == 0)
    }

    @Test("upkeep keeps as much history as it should and gives pages back, while commits go on")
    func upkeep() async throws {
        var options = SQLiteStore.Options()
        options.keptRevisions = 100
        options.sliceRows = 10
        options.keptFreePages = 8
        options.slicePages = 4
        let store = try folder.open(options)
        try await write(store, count: 1500)
        let before = try await pages(store)
        async let more: Void = write(store, count: 50, from: 1500)
        try await store.upkeep()
        try await more
        try await store.upkeep()
        let rows = try await store.writer.run { try $0.integer("SELECT count(*) FROM history") }
        #expect((100...150).contains(try #require(rows)))
        let after = try await pages(store)
        #expect(after.free <= 8)
        #expect(after.all < before.all - 200)
        await #expect(throws: StoreError.self) { try await store.changes(after: Revision(1000)) }
    }

    @Test("checkpoints keep the log small, and are no part of a commit")
    func checkpoints() async throws {
        var options = SQLiteStore.Options()
        options.logPages = 10
        let store = try folder.open(options)
        try await write(store, count: 300)
        let full = try folder.size(of: "-wal")
        #expect(full > 300 * 2000, "nobody has checkpointed")
        try await store.checkpoint()
        let copied = try folder.size()
        #expect(copied > 300 * 2000)
        for start in 1...5 {
            try await write(store, count: 50, from: start * 1000)
            try await store.checkpoint()
        }
        #expect(try folder.size(of: "-wal") <= full, "each checkpoint lets the log begin anew")
    }

    @Test("run keeps the file in shape with the clock it is given, until it is cancelled")
    func runs() async throws {
        var options = SQLiteStore.Options()
        options.keptRevisions = 10
        options.period = .milliseconds(1)
        let store = try folder.open(options)
        let upkeep = Task { await store.run(clock: ContinuousClock()) }
        try await write(store, count: 100)
        while store.compacted.withLock({ $0.value }) < 80 { await Task.yield() }
        upkeep.cancel()
        await upkeep.value
    }

    private func write(_ store: SQLiteStore, count: Int, from start: Int = 0) async throws {
        let text = String(repeating: "x", count: 2000)
        for number in start..<start + count {
            let key = Sample.key("\(number % 20)")
            let present = try await store.get(key)?.revision
            _ = try await store.commit(present.map { Sample.update(key, at: $0, text) } ?? Sample.create(key, text))
        }
    }

    private func pages(_ store: SQLiteStore) async throws -> (all: Int64, free: Int64) {
        try await store.writer.run { connection in
            (
                try connection.integer("PRAGMA page_count") ?? 0, try connection.integer("PRAGMA freelist_count") ?? 0
            )
        }
    }
}
