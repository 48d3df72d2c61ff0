// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// The folder with everything that a server keeps on disk; only its owner may look into it.
package struct DataFolder: Sendable {
    package let url: URL

    /// Makes the folder when it is absent; throws when that fails or it is no folder.
    package init(_ path: String) throws {
        url = URL(filePath: path, directoryHint: .isDirectory).absoluteURL
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    package var database: String { path("scs.db") }
    package var auditLog: String { path("audit.log") }
    package var adminKubeconfig: String { path("admin.kubeconfig") }
    package var certificate: String { path("ca.crt") }
    func simulatedSite(_ name: String) -> String { path("simulated-site-\(name).json") }
    var encryptionKey: String { path("encryption.key") }

    /// The file's text; absent when there is no such file.
    func text(_ file: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        return try String(contentsOfFile: file, encoding: .utf8)
    }

    /// Puts a file in place as a whole or not at all, readable by its owner only.
    func write(_ text: String, to file: String) throws {
        let temporary = file + ".new"
        try? FileManager.default.removeItem(atPath: temporary)
        guard
            FileManager.default.createFile(
                atPath: temporary, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: temporary]) }
        let handle = try FileHandle(forUpdating: URL(filePath: temporary))
        try handle.synchronize()
        try handle.close()
        guard rename(temporary, file) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }

    private func path(_ name: String) -> String { url.appending(path: name).path }
}
