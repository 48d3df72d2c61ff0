// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import Testing

/// What a Kubernetes API server v1.36.2 answered to the cases of a group, a step a line.
struct Corpus {
    struct Step: CustomTestStringConvertible {
        let tree: JSON

        var name: String { tree["step"]?.string ?? "" }
        var method: String { tree["request"]?["method"]?.string ?? "" }
        var path: String { tree["request"]?["path"]?.string?.split(separator: "?").first.map(String.init) ?? "" }
        var contentType: String { tree["request"]?["contentType"]?.string ?? "" }
        /// The body as JSON, what two steps send as YAML too.
        var body: JSON? {
            switch name {
            case "yaml": widget(["size": "small", "port": "80%"])
            case "yaml-duplicate": widget(["size": "large"])
            default: tree["request"]?["body"]
            }
        }
        var status: Int64 { tree["response"]?["status"]?.integer ?? 0 }
        var answer: JSON { tree["response"]?["body"] ?? .null }
        var testDescription: String { name }

        private func widget(_ spec: JSON) -> JSON {
            ["apiVersion": "corpus.example.org/v1", "kind": "Widget", "metadata": ["name": "one"], "spec": spec]
        }

        func parameter(_ name: String) -> String? {
            let query = tree["request"]?["path"]?.string?.split(separator: "?").dropFirst().first ?? ""
            let terms = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            return terms.first { $0.first == name }?.last
        }
    }

    struct Case: CustomTestStringConvertible {
        let name: String
        let steps: [Step]
        var testDescription: String { name }
    }

    let cases: [Case]

    /// Reads `Fixtures/GROUP.jsonl`.
    init(_ group: String, file: String = #filePath) throws {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        let text = try String(contentsOfFile: "\(folder)/Fixtures/\(group).jsonl", encoding: .utf8)
        var names: [String] = []
        var steps: [String: [Step]] = [:]
        for line in text.split(separator: "\n") {
            let tree = try JSON(parsing: String(line))
            let name = tree["case"]?.string ?? ""
            if steps[name] == nil { names.append(name) }
            steps[name, default: []].append(Step(tree: tree))
        }
        cases = names.map { Case(name: $0, steps: steps[$0] ?? []) }
    }

    static func cases(_ group: String) -> [Case] { (try? Corpus(group))?.cases ?? [] }
}
