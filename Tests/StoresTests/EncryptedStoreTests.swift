// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import StoreContract
import Stores
import Synchronization
import Testing

@Suite("EncryptedStore", .timeLimit(.minutes(1)))
struct EncryptedStoreTests {
    private static func key(_ id: String) throws -> KeyRing.Key { try KeyRing.Key.generate(id: id) }

    @Test("keeps what Store promises", arguments: StoreContract.guarantees)
    func contract(_ guarantee: StoreContract.Guarantee) async throws {
        let ring = try KeyRing(primary: Self.key("k1"))
        let contract = StoreContract {
            let store = EncryptedStore(MemoryStore(), encrypting: [Sample.type], with: ring)
            return StoreContract.Subject(store: store) { store }
        }
        try await contract.check(guarantee)
    }

    @Test("the store below sees nothing of an encrypted kind, and all of another")
    func hides() async throws {
        let below = MemoryStore()
        let store = EncryptedStore(below, encrypting: [Sample.type], with: try KeyRing(primary: Self.key("k1")))
        let secret = Sample.key("secret")
        let other = StoreKey(GroupResource(group: "", resource: "configmaps"), secret.object)
        let first = try await store.commit(Sample.create(secret, "canary"))
        let second = try await store.commit(Sample.delete(secret, at: first))
        let third = try await store.commit(Sample.create(other, "canary"))
        for event in try await below.events(after: .zero, through: second) {
            let text = String(decoding: event.stored.object.tail, as: UTF8.self)
            #expect(!text.contains("canary") && !text.contains("last"))
        }
        let clear = try #require(try await below.get(other)?.object)
        #expect(clear == Sample.object("secret", "canary"))
        #expect(
            try await store.events(after: .zero, through: third).map(\.stored.object.tail)
                == [Sample.object("secret", "canary").tail, Sample.object("secret", "last").tail, clear.tail])
    }

    @Test("rotation: the old key reads, the new one writes, and after reencrypt the old one can go")
    func rotates() async throws {
        let below = MemoryStore()
        let (old, new) = (try Self.key("old"), try Self.key("new"))
        let before = EncryptedStore(below, encrypting: [Sample.type], with: try KeyRing(primary: old))
        for number in 0..<5 { _ = try await before.commit(Sample.create(Sample.key("\(number)"), "text")) }
        let during = EncryptedStore(
            below, encrypting: [Sample.type], with: try KeyRing(primary: new, older: [old]))
        #expect(try await during.list(.all).items.allSatisfy { $0.object == Sample.object($0.key.object.name, "text") })
        _ = try await during.commit(Sample.update(Sample.key("0"), at: Revision(1), "text"))
        let pauses = Mutex(0)
        #expect(try await during.reencrypt(slice: 2) { pauses.withLock { $0 += 1 } } == 4)
        #expect(pauses.withLock { $0 } == 2)
        #expect(try await during.reencrypt() == 0)
        let after = EncryptedStore(below, encrypting: [Sample.type], with: try KeyRing(primary: new))
        #expect(try await after.list(.all).items.map(\.object) == during.list(.all).items.map(\.object))
        // History under a key that is gone is as if it were compacted.
        await #expect(throws: StoreError.expired(oldest: Revision(1))) {
            try await after.events(after: .zero, through: Revision(1))
        }
        await #expect(throws: EncryptionError.unknownKey(id: "new")) { try await before.get(Sample.key("0")) }
    }

    @Test("what was stored before its kind was encrypted is read, and encrypted by reencrypt")
    func encryptsLater() async throws {
        let below = MemoryStore()
        _ = try await below.commit(Sample.create(Sample.key("a"), "canary"))
        let store = EncryptedStore(below, encrypting: [Sample.type], with: try KeyRing(primary: Self.key("k1")))
        #expect(try await store.get(Sample.key("a"))?.object == Sample.object("a", "canary"))
        #expect(try await store.reencrypt() == 1)
        let tail = try #require(try await below.get(Sample.key("a"))?.object.tail)
        #expect(!String(decoding: tail, as: UTF8.self).contains("canary"))
    }

    @Test("a value that was moved, changed or given another version does not open", arguments: 0..<4)
    func notices(_ attack: Int) async throws {
        let below = MemoryStore()
        let store = EncryptedStore(below, encrypting: [Sample.type], with: try KeyRing(primary: Self.key("k1")))
        let (key, other) = (Sample.key("a"), Sample.key("b"))
        _ = try await store.commit(Sample.create(key, "text"))
        var object = try #require(try await below.get(key)?.object)
        switch attack {
        case 0: break
        case 1: object = StoredObject(version: "v2", tail: object.tail)
        case 2:
            let flipped = try #require(object.tail.last) ^ 1
            object = StoredObject(version: object.version, tail: object.tail.dropLast() + [flipped])
        default: object = StoredObject(version: object.version, tail: Array(object.tail.prefix(4)))
        }
        let target = attack == 0 ? other : key
        let expectation = attack == 0 ? Change.Expectation.absent : .revision(Revision(1))
        _ = try await below.commit(Change(key: target, expectation: expectation, write: .put(object)))
        await #expect(throws: EncryptionError.damaged(target)) { try await store.get(target) }
    }
}

@Suite("KeyRing")
struct KeyRingTests {
    @Test("reads the file that it writes, the primary key first")
    func readsItsFile() async throws {
        let keys = [try KeyRing.Key.generate(id: "new"), try KeyRing.Key.generate(id: "old")]
        let text = "# keys of the store\n\n" + keys.map(\.fileLine).joined()
        let read = try KeyRing(parsing: text)
        #expect(read.primary.fileLine == keys[0].fileLine)
        let below = MemoryStore()
        let written = EncryptedStore(below, encrypting: [Sample.type], with: try KeyRing(primary: keys[1]))
        _ = try await written.commit(Sample.create(Sample.key("a"), "text"))
        let store = EncryptedStore(below, encrypting: [Sample.type], with: read)
        #expect(try await store.get(Sample.key("a"))?.object == Sample.object("a", "text"))
    }

    @Test(
        "says what is wrong with a file",
        arguments: [
            ("", KeyRing.Invalid.noKey), ("k1", .line(1)), ("\nk1 !!", .line(2)), ("k1 AAAA", .keyLength(id: "k1")),
            ("k1 \(zeros)\nk1 \(zeros)", .doubleID("k1")), (" \(zeros)", .id),
        ])
    func refuses(_ text: String, _ expected: KeyRing.Invalid) {
        #expect(throws: expected) { try KeyRing(parsing: text) }
    }

    private static let zeros = String(repeating: "A", count: 43) + "="

    @Test("prints ids and never a key")
    func printsNoKey() throws {
        let bytes = (0..<32).map { UInt8(200 + $0) }
        let key = try KeyRing.Key(id: "k1", bytes: bytes)
        let ring = try KeyRing(primary: key)
        var dumped = ""
        dump(ring, to: &dumped)
        dump(key, to: &dumped)
        let texts = ["\(key)", "\(ring)", String(reflecting: key), String(reflecting: ring), dumped, "\([ring])"]
        let secret = try #require(key.fileLine.split(separator: " ").last?.dropLast())
        for text in texts {
            #expect(text.contains("k1"))
            #expect(!text.contains(secret) && !text.contains("203") && !text.lowercased().contains("cbcc"))
        }
    }
}
