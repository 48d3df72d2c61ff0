// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Each target imports what the table in docs/architecture.md allows, and nothing else of ours.
@Suite("Layering")
struct LayeringTests {
    let allowed: [String: Set<String>]

    init() throws { allowed = try Self.table() }

    @Test("the table names every target, and every target has its line")
    func everyTargetStandsInTheTable() throws {
        let targets = try Set(Project.folders(in: "Sources")).union(Project.folders(in: "Kinds").map { "\($0)Kinds" })
        #expect(targets.subtracting(Self.outside).subtracting(allowed.keys).sorted() == [])
        #expect(Set(allowed.keys).subtracting(targets).subtracting(Self.later).sorted() == [])
    }

    @Test("no file imports a target that its own may not")
    func importsAreAllowed() throws {
        var offences: [String] = []
        for file in try Project.swiftFiles(in: ["Sources", "Kinds"]) {
            guard let target = Self.target(of: file.path), !Self.outside.contains(target) else { continue }
            let reachable = closure(of: target)
            for name in Self.imports(of: file) where allowed[name] != nil && !reachable.contains(name) {
                offences.append("\(file.path) imports \(name); docs/architecture.md allows \(reachable.sorted())")
            }
        }
        #expect(offences == [])
    }

    @Test("every import of sources says how far it reaches or is internal, and none is re-exported")
    func nothingIsReexported() throws {
        let offences = try Project.swiftFiles(in: ["Sources", "Kinds"]).filter { $0.text.contains("@_exported") }
        #expect(offences.map(\.path) == [])
    }

    /// Assembly and tools, which may see everything, and wrappers of C libraries.
    private static let outside: Set<String> = ["ControlPlane", "scs", "scs-bench", "CSQLite", "CZlib"]
    /// In the table already, built by a later change.
    private static let later: Set<String> = [
        "StoresEtcd", "Keycloak", "StatusPage", "Discovery", "Console", "KeycloakSimulator",
        "ManagementClusterSimulator",
        "StorageKinds", "IdentityKinds", "KubernetesKinds", "StatusKinds", "MigrationKinds",
    ]

    private func closure(of target: String) -> Set<String> {
        var found: Set<String> = [target]
        var open = [target]
        while let next = open.popLast() {
            for name in allowed[next] ?? [] where found.insert(name).inserted { open.append(name) }
        }
        return found
    }

    private static func target(of path: String) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count > 2, !parts.contains("Tests") else { return nil }
        return parts[0] == "Kinds" ? "\(parts[1])Kinds" : parts[1]
    }

    private static func imports(of file: Project.File) -> [String] {
        file.lines.compactMap { line in
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index <= 2, index + 1 < words.count else { return nil }
            return String(words[words.count - 1])
        }
    }

    /// Reads the rows ``| `A`, `B` | … | imports |``.
    private static func table() throws -> [String: Set<String>] {
        let lines = try Project.text("docs/architecture.md").split(separator: "\n")
        let rows = lines.drop { !$0.hasPrefix("| target |") }.dropFirst(2).prefix { $0.hasPrefix("|") }
        var table: [String: Set<String>] = [:]
        for row in rows {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3 else { continue }
            let names = cells[2].replacingOccurrences(of: "`", with: "").split { !$0.isLetter && !$0.isNumber }
            for target in cells[0].split(separator: ",") {
                let name = target.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
                table[name, default: []].formUnion(names.map(String.init))
            }
        }
        return table
    }
}
