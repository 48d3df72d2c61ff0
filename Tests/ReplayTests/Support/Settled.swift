// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension JSON {
    /// An answer with what a server sends in the order of its maps or of its clock brought into one order.
    var settled: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.settled))
        case .object(let object):
            JSON.object(JSONObject(distinct: object.members.map { .init(key: $0.key, value: $0.value.settled) }))
                .settledHere
        default: self
        }
    }

    private var settledHere: JSON {
        var tree = self
        if let entries = self["managedFields"]?.array {
            let keys = ["operation", "manager", "subresource", "apiVersion"]
            tree["managedFields"] = .array(entries.sorted(by: keys))
        }
        switch self["kind"]?.string {
        case "Status": tree.settleCauses()
        case "APIResourceList":
            if let resources = self["resources"]?.array { tree["resources"] = .array(resources.sorted(by: ["name"])) }
        case "SelfSubjectRulesReview":
            for name in ["resourceRules", "nonResourceRules"] {
                guard let rules = self["status"]?[name]?.array else { continue }
                tree = tree.merging(["status": JSON.object(JSONObject([(name, .array(rules.map(\.rule).byText))]))])
            }
        default: break
        }
        return tree
    }

    /// The lists of a rule, each in order.
    private var rule: JSON {
        .object(
            JSONObject(
                distinct: (object?.members ?? []).map {
                    .init(key: $0.key, value: .array(($0.value.array ?? []).byText))
                }
            ))
    }

    /// Several causes by their fields, and the bracketed list in the message likewise.
    private mutating func settleCauses() {
        guard let found = self["details"]?["causes"]?.array, found.count > 1 else { return }
        let causes = found.sorted(by: ["field", "reason", "message"])
        var details = self["details"] ?? .null
        details["causes"] = .array(causes)
        self["details"] = details
        let message = self["message"]?.string ?? ""
        guard let bracket = message.firstIndex(of: "[") else { return }
        var parts: [String] = []
        for cause in causes {
            let part = "\(cause["field"]?.string ?? ""): \(cause["message"]?.string ?? "")"
            if !parts.contains(part) { parts.append(part) }
        }
        let rebuilt = parts.joined(separator: ", ") + "]"
        let tail = message[message.index(after: bracket)...]
        if rebuilt.sorted() == tail.sorted() { self["message"] = .string(message[...bracket] + rebuilt) }
    }

    /// The part of a document under some members; `NAME=VALUE` picks the element that says so, itself or in its metadata.
    func selecting(_ members: [String]) -> JSON {
        members.reduce(self) { tree, member in
            guard let elements = tree.array else { return tree[member] ?? .null }
            let halves = member.split(separator: "=", maxSplits: 1).map(String.init)
            guard halves.count == 2 else { return .null }
            return elements.first { ($0[halves[0]] ?? $0["metadata"]?[halves[0]])?.string == halves[1] } ?? .null
        }
    }
}

extension [JSON] {
    fileprivate func sorted(by keys: [String]) -> [JSON] {
        func rank(_ element: JSON) -> [String] { keys.map { element[$0]?.string ?? "" } }
        return sorted { rank($0).lexicographicallyPrecedes(rank($1)) }
    }

    fileprivate var byText: [JSON] { sorted { $0.text < $1.text } }
}
