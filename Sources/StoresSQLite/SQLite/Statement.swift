// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// A value for a placeholder.
enum SQLiteValue: Sendable {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
}

/// A prepared statement; its connection keeps it, and finalizes it when it closes.
final class Statement {
    private let handle: OpaquePointer
    private let fail: (Int32) -> SQLiteError

    init(handle: OpaquePointer, fail: @escaping (Int32) -> SQLiteError) {
        self.handle = handle
        self.fail = fail
    }

    func finalize() { sqlite3_finalize(handle) }

    /// Runs the statement to its end, showing each row.
    func run(_ values: [SQLiteValue], row: (borrowing Row) throws -> Void) throws {
        defer { sqlite3_reset(handle) }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: try row(Row(handle: handle))
            case SQLITE_DONE: return
            case let code: throw fail(code)
            }
        }
    }

    private func bind(_ value: SQLiteValue, at index: Int32) throws(SQLiteError) {
        let code =
            switch value {
            case .integer(let number): sqlite3_bind_int64(handle, index, number)
            case .text(let text): bind(text, at: index)
            case .blob(let bytes):
                bytes.withUnsafeBytes { scs_sqlite3_bind_blob(handle, index, $0.baseAddress, Int32($0.count)) }
            }
        guard code == SQLITE_OK else { throw fail(code) }
    }

    private func bind(_ text: String, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                scs_sqlite3_bind_text(handle, index, characters.baseAddress, Int32(characters.count))
            }
        }
    }

    /// The row that a statement stands on; what is read from it is copied.
    struct Row: ~Copyable {
        fileprivate let handle: OpaquePointer

        func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

        func text(_ column: Int32) -> String {
            guard let start = sqlite3_column_text(handle, column) else { return "" }
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
            return String(decoding: bytes, as: UTF8.self)
        }

        func blob(_ column: Int32) -> [UInt8] {
            guard let start = sqlite3_column_blob(handle, column) else { return [] }
            return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
        }
    }
}
