// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Every kind's folder has the same shape, and the API server knows none of them.
@Suite("Kind folders")
struct KindFolderTests {
    let kinds: [String]

    init() throws {
        kinds = try Project.folders(in: "Kinds").flatMap { group in
            try Project.folders(in: "Kinds/\(group)").filter { !Self.noKinds.contains($0) }.map {
                "Kinds/\(group)/\($0)"
            }
        }
    }

    /// Folders of a group that hold what its kinds share.
    private static let noKinds: Set<String> = ["Controllers", "Shared"]

    @Test("a kind has its value, its schema, a README, an example and tests")
    func shape() throws {
        var missing: [String] = []
        for folder in kinds {
            let name = folder.split(separator: "/").last.map(String.init) ?? ""
            let files = try Project.files(in: folder)
            for part in ["\(name).swift", "README.md", "example.yaml"]
            where !files.contains("\(folder)/\(part)") { missing.append("\(folder)/\(part)") }
            // A short schema may stand beside the value.
            let value = (try? Project.text("\(folder)/\(name).swift")) ?? ""
            if !files.contains("\(folder)/\(name)+Schema.swift"), !value.contains("chema") {
                missing.append("\(folder)/\(name)+Schema.swift")
            }
            if !files.contains(where: { $0.contains("/Tests/") && $0.hasSuffix(".swift") }) {
                missing.append("\(folder)/Tests")
            }
        }
        #expect(missing == [])
    }

    @Test("every kind's folder stands in the table of Package.swift")
    func tableOfFolders() throws {
        let manifest = try Project.text("Package.swift")
        for folder in kinds {
            let name = folder.split(separator: "/").last.map(String.init) ?? ""
            #expect(manifest.contains("\"\(name)\""), "add \"\(name)\" to kindFolders in Package.swift")
        }
    }

    @Test("APIServer names no kind")
    func serverNamesNoKind() throws {
        let names = Set(kinds.compactMap { $0.split(separator: "/").last.map(String.init) })
        var offences: [String] = []
        for file in try Project.swiftFiles(in: ["Sources/APIServer"]) {
            for (index, line) in file.lines.enumerated() where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                let words = line.split { !$0.isLetter }.map(String.init)
                let found = words.first { names.contains($0) && !Self.ownWords.contains($0) }
                if let found { offences.append("\(file.path):\(index + 1) \(found)") }
            }
        }
        #expect(offences == [])
    }

    /// Words of the protocol itself that are also the name of a kind.
    private static let ownWords: Set<String> = ["Event", "Namespace", "Organization", "Role"]
}
