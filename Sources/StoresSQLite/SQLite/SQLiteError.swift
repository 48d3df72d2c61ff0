// SPDX-License-Identifier: Apache-2.0

import CSQLite
package import Stores

/// What SQLite answered instead of doing what it was asked.
///
/// It names no value: SQL texts here hold placeholders only.
package struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The extended result code: https://www.sqlite.org/rescode.html.
    package let code: Int32
    package let message: String

    package init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(message) (SQLite code \(code))" }

    /// As a store's caller hears it.
    package var asStoreError: StoreError { .unavailable(description) }

    static let closed = SQLiteError(code: SQLITE_MISUSE, message: "the store is closed")
}
