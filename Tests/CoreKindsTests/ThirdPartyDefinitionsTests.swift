// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import Resources
import Schemas
import Testing
import YAMLTree

@testable import CoreKinds

private let definitionsFolder = ProcessInfo.processInfo.environment["SCS_DEFINITIONS"]

/// Definitions of public projects, taken as files from the folder that `SCS_DEFINITIONS` names: Cluster API's, Argo CD's and the like.
@Suite("Definitions of others", .enabled(if: definitionsFolder != nil))
struct ThirdPartyDefinitionsTests {
    static var files: [String] {
        guard let folder = definitionsFolder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        else { return [] }
        return names.filter { $0.hasSuffix(".yaml") }.sorted()
    }

    @Test("are good, and their kinds are read with nothing lost", arguments: files)
    func good(file: String) throws {
        let folder = try #require(definitionsFolder)
        let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
        for tree in try YAML.documents(text) where tree["kind"]?.string == "CustomResourceDefinition" {
            let issues = CustomResourceDefinition.issues(Object(tree), nil)
            #expect(issues.map(\.text) == [])
            let definition = Definition(tree)
            let kind = definition.kind(as: definition.names)
            for version in kind.versions {
                #expect(Schema(openAPI: version.schema.openAPI) == version.schema, "\(version.name)")
            }
        }
    }
}
