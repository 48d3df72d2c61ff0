// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// One request, and what a Kubernetes API server v1.36.2 answered to it.
///
/// What differs from run to run stands there as a placeholder: `$NS`, `$RV1`, `$TIME` …
package struct RecordedStep: Sendable {
    package let tree: JSON

    package init(_ tree: JSON) { self.tree = tree }

    package var name: String { tree["step"]?.string ?? "" }
    package var method: String { tree["request"]?["method"]?.string ?? "" }
    /// With its query.
    package var target: String { tree["request"]?["path"]?.string ?? "" }
    package var path: String { target.split(separator: "?").first.map(String.init) ?? "" }
    package var accept: String { tree["request"]?["accept"]?.string ?? "" }
    /// Empty when no body was sent.
    package var contentType: String { tree["request"]?["contentType"]?.string ?? "" }
    /// More headers than the usual ones.
    package var headers: [(name: String, value: String)] {
        (tree["request"]?["headers"]?.object?.members ?? []).map { ($0.key, $0.value.string ?? "") }
    }
    package var body: JSON? { tree["request"]?["body"] }
    /// The body where it was no JSON.
    package var raw: String? { tree["request"]?["raw"]?.string }
    /// Whether it was sent again until the answer settled.
    package var isPolled: Bool { tree["request"]?["poll"] == true }
    package var status: Int64 { tree["response"]?["status"]?.integer ?? 0 }
    package var answer: JSON { tree["response"]?["body"] ?? .null }
    package var answerHeaders: JSON { tree["response"]?["headers"] ?? [:] }
    /// The members that lead to the part of the answer that was kept; empty for all of it.
    package var selected: [String] { tree["response"]?["select"]?.array?.compactMap(\.string) ?? [] }

    /// A parameter of the query as it was sent.
    package func parameter(_ name: String) -> String? {
        let query = target.split(separator: "?").dropFirst().first ?? ""
        let terms = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return terms.first { $0.first == name }?.last
    }
}

/// Steps that follow from each other and share fresh namespaces.
package struct RecordedCase: Sendable, CustomStringConvertible {
    package let group: String
    package let name: String
    package let steps: [RecordedStep]

    package var description: String { "\(group)/\(name)" }
}
