// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The inputs that stand as files in `Corpora/TARGET`; their names say what they show.
enum Corpus {
    struct Input: Sendable {
        let name: String
        let bytes: [UInt8]
    }

    /// In the order of their names; throws when there are none.
    static func inputs(_ target: String, source: String = #filePath) throws -> [Input] {
        let folder = URL(filePath: source).deletingLastPathComponent().appending(path: "Corpora/\(target)")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            Input(name: name, bytes: [UInt8](try Data(contentsOf: folder.appending(path: name))))
        }
    }
}
