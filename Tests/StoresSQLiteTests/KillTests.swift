// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONTree
import Resources
import StoreContract
import Stores
import StoresSQLite
import Testing

@Suite("SQLiteStore and kill -9", .timeLimit(.minutes(2)))
struct KillTests {
    /// What the writer printed: it had the answer to that commit.
    private struct Acknowledged {
        let revision: Revision
        let key: StoreKey
        let turn: Int

        init?(line: Substring) {
            let words = line.split(separator: " ")
            guard words.count == 3, let revision = Int64(words[0]), let turn = Int(words[2]) else { return nil }
            self.revision = Revision(revision)
            self.turn = turn
            let object = ObjectKey(organization: "acme", namespace: "web", name: String(words[1]))
            key = StoreKey(GroupResource(group: "", resource: "configmaps"), object)
        }

        var object: StoredObject {
            StoredObject(version: "v1", tail: Array(#""name":"\#(key.object.name)"},"turn":\#(turn)}"#.utf8))
        }
    }

    @Test("a kill at any instant loses nothing acknowledged", arguments: [UInt64.random(in: 0 ... .max)])
    func kill(seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        var random = SplitMix(seed: seed)
        for round in 0..<6 {
            let limit = Int.random(in: 1..<1500, using: &random)
            let acknowledged = try killedWriter(folder, after: limit)
            #expect(acknowledged.count >= limit)
            try await check(acknowledged, folder, "seed \(seed), round \(round)")
        }
    }

    /// Runs the writer until it has acknowledged so many commits, kills it, and returns everything that it printed.
    private func killedWriter(_ folder: TemporaryFolder, after limit: Int) throws -> [Acknowledged] {
        let process = Process()
        let output = Pipe()
        let products = URL(filePath: try #require(CommandLine.arguments.first)).deletingLastPathComponent()
        process.executableURL = products.appending(path: "store-writer")
        process.arguments = [folder.file]
        process.standardOutput = output
        try process.run()
        var (text, lines) = (Data(), 0)
        while lines < limit {
            let piece = output.fileHandleForReading.availableData
            try #require(!piece.isEmpty, "the writer ended by itself")
            text += piece
            lines += piece.count { $0 == UInt8(ascii: "\n") }
        }
        Foundation.kill(process.processIdentifier, SIGKILL)
        text += output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap(Acknowledged.init)
    }

    private func check(_ acknowledged: [Acknowledged], _ folder: TemporaryFolder, _ place: Comment) async throws {
        let store = try folder.open()
        let newest = try await store.currentRevision()
        let history = try await wholeHistory(store, through: newest)
        let first = history.first?.stored.revision.value ?? newest.value + 1
        #expect(history.map(\.stored.revision.value) == Array(first..<newest.value + 1), place)
        let byRevision = Dictionary(uniqueKeysWithValues: history.map { ($0.stored.revision, $0.stored) })
        for commit in acknowledged where commit.revision.value >= first {
            let expected = Stored(key: commit.key, object: commit.object, revision: commit.revision)
            #expect(byRevision[commit.revision] == expected, place)
        }
        for (key, commits) in Dictionary(grouping: acknowledged, by: \.key) {
            let last = try #require(commits.map(\.revision).max())
            let present = try #require(try await store.get(key), place)
            #expect(present.revision >= last, place)
            #expect(present == byRevision[present.revision] || present.revision.value < first, place)
        }
        try await store.close()
    }

    private func wholeHistory(_ store: SQLiteStore, through newest: Revision) async throws -> [StoreEvent] {
        do { return try await store.events(after: .zero, through: newest) } catch StoreError.expired(let oldest) {
            return try await store.events(after: oldest, through: newest)
        }
    }
}
