// SPDX-License-Identifier: Apache-2.0

/// The tables of a store's file, and their version.
///
/// Plain rowid tables with pages of 8 KiB: with values of some kilobytes, they are read and written fastest.
enum Schema {
    /// Kept in the file's header as `user_version`; a file with a newer one is not opened.
    static let version: Int64 = 1
    /// "SCS1", so that `file` and we know our own: https://www.sqlite.org/fileformat2.html#application_id.
    static let applicationID: Int64 = 0x5343_5331

    private static let tables = [
        "CREATE TABLE objects(key TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL, value BLOB NOT NULL)",
        """
        CREATE TABLE history(
            revision INTEGER PRIMARY KEY, key TEXT NOT NULL, action INTEGER NOT NULL, value BLOB NOT NULL)
        """,
        "CREATE TABLE marks(name TEXT NOT NULL UNIQUE, value INTEGER NOT NULL)",
        "INSERT INTO marks(name, value) VALUES('compacted', 0)",
    ]

    /// Makes the tables in a new file; throws for a file that is not ours or of a newer release.
    static func prepare(_ connection: Connection) throws {
        let isNew = try connection.integer("SELECT count(*) FROM sqlite_schema") == 0
        if isNew { try create(connection) }
        guard try connection.integer("PRAGMA application_id") == applicationID else {
            throw SQLiteError(code: 0, message: "the file is not a store of SCS Central")
        }
        let found = try connection.integer("PRAGMA user_version") ?? 0
        guard found == version else {
            throw SQLiteError(
                code: 0, message: "the file has layout \(found), this release knows \(version): run the newer release")
        }
    }

    private static func create(_ connection: Connection) throws {
        // These two can only be set before the first page is written.
        try connection.run("PRAGMA page_size = 8192")
        try connection.run("PRAGMA auto_vacuum = INCREMENTAL")
        try connection.run("PRAGMA journal_mode = WAL")
        try connection.transaction {
            for table in tables { try connection.run(table) }
            try connection.run("PRAGMA application_id = \(applicationID)")
            try connection.run("PRAGMA user_version = \(version)")
        }
    }
}
