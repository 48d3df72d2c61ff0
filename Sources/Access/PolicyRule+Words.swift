// SPDX-License-Identifier: Apache-2.0

extension [PolicyRule] {
    /// The rules as upstream's refusals list them, a line each, in the order of their texts: single permissions on one
    /// thing are told together, `{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}`.
    package var words: String { Set(compact.map(\.words)).sorted().joined(separator: "\n") }

    /// What each thing may have done to it, in one rule a thing.
    private var compact: [PolicyRule] {
        var order: [PolicyRule] = []
        var verbs: [PolicyRule: [String]] = [:]
        for permission in flatMap(\.permissions) {
            var thing = permission
            thing.verbs = []
            if verbs[thing] == nil { order.append(thing) }
            verbs[thing, default: []] += permission.verbs.filter { verbs[thing]?.contains($0) != true }
        }
        return order.map { thing in
            var rule = thing
            rule.verbs = verbs[thing] ?? []
            return rule
        }
    }
}

extension PolicyRule {
    fileprivate var words: String {
        let parts = [
            ("APIGroups", apiGroups), ("Resources", resources), ("NonResourceURLs", nonResourceURLs),
            ("ResourceNames", resourceNames), ("Verbs", verbs),
        ]
        return "{" + parts.filter { !$0.1.isEmpty }.map { "\($0.0):\($0.1.quoted)" }.joined(separator: ", ") + "}"
    }
}

extension [String] {
    /// As upstream prints a list of texts: `["a" "b"]`.
    package var quoted: String { "[" + map { "\"\($0)\"" }.joined(separator: " ") + "]" }
}
