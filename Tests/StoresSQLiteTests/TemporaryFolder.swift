// SPDX-License-Identifier: Apache-2.0

import Foundation
import StoresSQLite

/// A folder that goes with its last owner.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "scs-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The store's file.
    var file: String { url.appending(path: "store.db").path }

    func open(_ options: SQLiteStore.Options = SQLiteStore.Options()) throws -> SQLiteStore {
        try SQLiteStore(path: file, options: options)
    }

    /// How many bytes the store's file, or the one with a suffix beside it, has.
    func size(of suffix: String = "") throws -> Int {
        try url.appending(path: "store.db\(suffix)").resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
    }
}
