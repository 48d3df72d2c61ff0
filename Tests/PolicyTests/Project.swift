// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The checkout that these tests look at.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct File: CustomStringConvertible {
        /// From the root: `Sources/Stores/Store.swift`.
        let path: String
        let text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var description: String { path }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// All Swift files below the given folders, links not followed, in the order of their paths.
    static func swiftFiles(in folders: [String] = ["Sources", "Kinds", "Tests"]) throws -> [File] {
        try folders.flatMap { try files(in: $0) }.filter { $0.hasSuffix(".swift") }.sorted()
            .map { File(path: $0, text: try text($0)) }
    }

    static func files(in folder: String) throws -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: root.appending(path: folder).path) else { return [] }
        return walk.compactMap { $0 as? String }.map { "\(folder)/\($0)" }
    }

    static func folders(in folder: String) throws -> [String] {
        let url = root.appending(path: folder)
        return try FileManager.default.contentsOfDirectory(atPath: url.path).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: url.appending(path: name).path, isDirectory: &isFolder)
                && isFolder.boolValue
        }.sorted()
    }
}
