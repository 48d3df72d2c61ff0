// SPDX-License-Identifier: Apache-2.0

import Foundation
import StoreContract
import Stores
import Testing

@testable import StoresSQLite

@Suite("The file of SQLiteStore", .timeLimit(.minutes(1)))
struct SQLiteFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
        "is set up as measured",
        arguments: [("synchronous", 2), ("page_size", 8192), ("auto_vacuum", 2), ("wal_autocheckpoint", 0)])
    func settings(_ name: String, _ value: Int64) async throws {
        let store = try folder.open()
        for worker in [store.writer, store.checkpointer] + store.readers {
            #expect(try await worker.run { try $0.integer("PRAGMA \(name)") } == value)
        }
        let mode = try await store.writer.run { try $0.rows("PRAGMA journal_mode") { $0.text(0) } }
        #expect(mode == ["wal"])
    }

    @Test("can be read by its owner only", arguments: ["", "-wal", "-shm", "-lock"])
    func isPrivate(_ suffix: String) async throws {
        let store = try folder.open()
        _ = try await store.commit(Sample.create(Sample.key("a")))
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file + suffix)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("is opened by one store at a time")
    func isLocked() async throws {
        let store = try folder.open()
        #expect(throws: SQLiteError.self) { try folder.open() }
        _ = try await store.commit(Sample.create(Sample.key("a")))
        try await store.close()
    }

    @Test("of a newer release is refused, and left as it is")
    func refusesNewer() async throws {
        let store = try folder.open()
        _ = try await store.writer.run { try $0.run("PRAGMA user_version = 2") }
        try await store.close()
        let error = #expect(throws: SQLiteError.self) { try SQLiteStore(path: folder.file) }
        #expect(error?.message.contains("layout 2") == true)
    }

    @Test("of another program is refused")
    func refusesForeign() throws {
        let other = try Connection(path: folder.file)
        try other.run("CREATE TABLE other(name TEXT)")
        other.close()
        #expect(throws: SQLiteError.self) { try folder.open() }
    }

    @Test("that is no database is refused")
    func refusesRubbish() throws {
        try Data(repeating: 7, count: 20_000).write(to: URL(filePath: folder.file))
        #expect(throws: SQLiteError.self) { try folder.open() }
    }
}
