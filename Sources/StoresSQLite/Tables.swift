// SPDX-License-Identifier: Apache-2.0

import CSQLite
import JSONTree
import Stores

/// The SQL of the store: what is asked of the tables, in the words of `Stores`.
///
/// It does not open transactions; who needs several answers of one moment does.
struct Tables {
    let connection: Connection

    /// The newest revision, and the one through which history is forgotten; of one moment within a transaction.
    func marks() throws -> (newest: Revision, compacted: Revision) {
        let compacted = try connection.integer("SELECT value FROM marks WHERE name = 'compacted'") ?? 0
        let newest = try connection.integer("SELECT max(revision) FROM history") ?? 0
        return (Revision(max(newest, compacted)), Revision(compacted))
    }

    func object(_ key: StoreKey) throws -> Stored? {
        let sql = "SELECT revision, value FROM objects WHERE key = ?1"
        return try connection.rows(sql, .text(key.text)) { row in
            let object = try object(row.blob(1))
            return Stored(key: key, object: object, revision: Revision(row.integer(0)))
        }.first
    }

    func objects(_ prefix: StorePrefix) throws -> [Stored] {
        let sql = "SELECT key, revision, value FROM objects WHERE key >= ?1 AND key < ?2 ORDER BY key"
        return try connection.rows(sql, .text(prefix.text), .text(prefix.end)) { row in
            try Stored(
                key: key(row.text(0)), object: object(row.blob(2)), revision: Revision(row.integer(1)))
        }
    }

    func events(after revision: Revision, limit: Int) throws -> [StoreEvent] {
        let sql = "SELECT revision, key, action, value FROM history WHERE revision > ?1 ORDER BY revision LIMIT ?2"
        return try connection.rows(sql, .integer(revision.value), .integer(Int64(limit))) { row in
            guard let action = StoreEvent.Action(code: row.integer(2)) else { throw damaged("an action") }
            let object = try object(row.blob(3))
            let stored = Stored(key: try key(row.text(1)), object: object, revision: Revision(row.integer(0)))
            return StoreEvent(action: action, stored: stored)
        }
    }

    /// Checks and makes one change, which gets the revision; throws `StoreError` when it may not be, with nothing done.
    func apply(_ change: Change, at revision: Revision) throws -> StoreEvent {
        let key = change.key.text
        let present = try connection.integer("SELECT revision FROM objects WHERE key = ?1", .text(key))
        let action = try change.action(present: present.map(Revision.init))
        let (number, value) = (SQLiteValue.integer(revision.value), SQLiteValue.blob(change.object.encoded))
        switch action {
        case .created:
            try connection.run(
                "INSERT INTO objects(key, revision, value) VALUES(?1, ?2, ?3)", .text(key), number, value)
        case .changed:
            try connection.run("UPDATE objects SET revision = ?2, value = ?3 WHERE key = ?1", .text(key), number, value)
        case .deleted:
            try connection.run("DELETE FROM objects WHERE key = ?1", .text(key))
        }
        try connection.run(
            "INSERT INTO history(revision, key, action, value) VALUES(?1, ?2, ?3, ?4)", number, .text(key),
            .integer(action.code), value)
        return StoreEvent(
            action: action, stored: Stored(key: change.key, object: change.object, revision: revision))
    }

    /// Writes down that history begins after a revision; what is before it is no longer answered from then on.
    func markCompacted(_ revision: Revision) throws {
        try connection.run("UPDATE marks SET value = ?1 WHERE name = 'compacted'", .integer(revision.value))
    }

    /// Deletes up to `limit` rows of history up to and including a revision; returns whether there may be more.
    func deleteHistory(through revision: Revision, limit: Int64) throws -> Bool {
        guard let oldest = try connection.integer("SELECT revision FROM history ORDER BY revision LIMIT 1"),
            oldest <= revision.value
        else { return false }
        let last = min(revision.value, oldest + limit - 1)
        try connection.run("DELETE FROM history WHERE revision <= ?1", .integer(last))
        return last < revision.value
    }

    private func key(_ text: String) throws -> StoreKey {
        guard let key = StoreKey(text: text) else { throw damaged("a key") }
        return key
    }

    private func object(_ encoded: [UInt8]) throws -> StoredObject {
        do { return try StoredObject(encoded: encoded) } catch { throw damaged("an object") }
    }

    private func damaged(_ what: String) -> SQLiteError {
        SQLiteError(code: SQLITE_CORRUPT, message: "\(what) in the file cannot be read")
    }
}

extension StorePrefix {
    /// The least text that is greater than every key under the prefix.
    fileprivate var end: String {
        // A prefix ends in a slash, and the character after the slash is the zero; no key begins with the last scalar.
        text.isEmpty ? "\u{10FFFF}" : text.dropLast() + "0"
    }
}

extension StoreEvent.Action {
    fileprivate var code: Int64 {
        switch self {
        case .created: 1
        case .changed: 2
        case .deleted: 3
        }
    }

    fileprivate init?(code: Int64) {
        switch code {
        case 1: self = .created
        case 2: self = .changed
        case 3: self = .deleted
        default: return nil
        }
    }
}
