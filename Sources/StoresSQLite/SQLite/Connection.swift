// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// One connection to a database file, for one thread at a time.
///
/// It prepares each SQL text once and keeps it.
final class Connection {
    private var handle: OpaquePointer?
    private var statements: [String: Statement] = [:]

    /// Opens the file, which is created where it is missing, and waits up to five seconds for a lock when it is busy.
    init(path: String) throws(SQLiteError) {
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        guard code == SQLITE_OK else {
            let error = error(code)
            sqlite3_close_v2(handle)
            handle = nil
            throw error
        }
        sqlite3_busy_timeout(handle, 5_000)
    }

    deinit { close() }

    /// Closes the connection; whatever it is asked later throws.
    func close() {
        for statement in statements.values { statement.finalize() }
        statements = [:]
        sqlite3_close_v2(handle)
        handle = nil
    }

    /// Runs SQL that answers nothing.
    func run(_ sql: String, _ values: SQLiteValue...) throws { try statement(sql).run(values) { _ in } }

    /// Runs SQL and makes a value of each row.
    func rows<Value>(
        _ sql: String, _ values: SQLiteValue..., row: (borrowing Statement.Row) throws -> Value
    ) throws
        -> [Value]
    {
        var result: [Value] = []
        try statement(sql).run(values) { result.append(try row($0)) }
        return result
    }

    /// The number that a SQL text or a PRAGMA answers; absent where it has no row.
    func integer(_ sql: String, _ values: SQLiteValue...) throws -> Int64? {
        var result: Int64?
        try statement(sql).run(values) { result = $0.integer(0) }
        return result
    }

    /// Runs the body between BEGIN and COMMIT; when either throws, nothing has happened.
    func transaction<Value>(_ begin: String = "BEGIN IMMEDIATE", _ body: () throws -> Value) throws -> Value {
        try run(begin)
        do {
            let value = try body()
            try run("COMMIT")
            return value
        } catch {
            // SQLite has rolled back itself after some errors (disk full, input/output): then there is nothing to do.
            if let handle, sqlite3_get_autocommit(handle) == 0 { try run("ROLLBACK") }
            throw error
        }
    }

    /// How many frames the write-ahead log has, and how many of them are in the database file now.
    struct Checkpoint: Sendable {
        var frames: Int32 = 0
        var copied: Int32 = 0
    }

    /// Copies what is committed from the write-ahead log into the database file, waiting for nobody.
    func checkpoint(truncating: Bool = false) throws(SQLiteError) -> Checkpoint {
        let mode = truncating ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        var result = Checkpoint()
        let code = sqlite3_wal_checkpoint_v2(try opened(), nil, mode, &result.frames, &result.copied)
        guard code == SQLITE_OK || code == SQLITE_BUSY else { throw error(code) }
        return result
    }
}

extension Connection {
    private func statement(_ sql: String) throws(SQLiteError) -> Statement {
        if let statement = statements[sql] { return statement }
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(try opened(), sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw error(code) }
        let statement = Statement(handle: prepared) { [unowned self] in error($0) }
        statements[sql] = statement
        return statement
    }

    private func opened() throws(SQLiteError) -> OpaquePointer {
        guard let handle else { throw .closed }
        return handle
    }

    private func error(_ code: Int32) -> SQLiteError {
        let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
        return SQLiteError(code: code, message: message)
    }
}
