// SPDX-License-Identifier: Apache-2.0
//
// Writes to a store from many tasks until it is killed, and prints what was acknowledged, a line each:
// REVISION KEY TURN. Usage: store-writer FILE.

import Foundation
import JSONTree
import Resources
import Stores
import StoresSQLite

let type = GroupResource(group: "", resource: "configmaps")

/// Changes one object for ever; its text is the turn.
func write(_ store: SQLiteStore, writer: Int) async throws {
    let key = StoreKey(type, ObjectKey(organization: "acme", namespace: "web", name: "w\(writer)"))
    var present = try await store.get(key)?.revision
    var turn = 0
    while true {
        turn += 1
        let object = StoredObject(version: "v1", tail: Array(#""name":"w\#(writer)"},"turn":\#(turn)}"#.utf8))
        let expectation = present.map(Change.Expectation.revision) ?? .absent
        let revision = try await store.commit(Change(key: key, expectation: expectation, write: .put(object)))
        present = revision
        // One write(2) of less than a page is not torn by the kill.
        FileHandle.standardOutput.write(Data("\(revision.value) w\(writer) \(turn)\n".utf8))
    }
}

var options = SQLiteStore.Options()
options.keptRevisions = 2_000
options.sliceRows = 50
options.keptFreePages = 16
options.logPages = 64
options.period = .milliseconds(5)

let store = try SQLiteStore(path: CommandLine.arguments[1], options: options)
try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await store.run() }
    for writer in 0..<16 { group.addTask { try await write(store, writer: writer) } }
    try await group.waitForAll()
}
