// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import Resources

/// One line of a role: these verbs on these things.
///
/// Semantics: https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/role-v1/#PolicyRule
package struct PolicyRule: Hashable, Sendable {
    package var verbs: [String]
    package var apiGroups: [String]
    /// `pods`, `pods/status`, `*/status` or `*`.
    package var resources: [String]
    /// Empty for every name.
    package var resourceNames: [String]
    /// Paths, or a path's beginning followed by `*`; only cluster-wide bindings grant them.
    package var nonResourceURLs: [String]

    package init(
        verbs: [String], apiGroups: [String] = [], resources: [String] = [], resourceNames: [String] = [],
        nonResourceURLs: [String] = []
    ) {
        self.verbs = verbs
        self.apiGroups = apiGroups
        self.resources = resources
        self.resourceNames = resourceNames
        self.nonResourceURLs = nonResourceURLs
    }
}

// MARK: - On the wire

extension PolicyRule {
    /// Reads a rule leniently: what is no list of texts counts as empty, and so grants nothing.
    package init(tree: JSON) {
        func texts(_ key: String) -> [String] { tree[key]?.array?.compactMap(\.string) ?? [] }
        self.init(
            verbs: texts("verbs"), apiGroups: texts("apiGroups"), resources: texts("resources"),
            resourceNames: texts("resourceNames"), nonResourceURLs: texts("nonResourceURLs"))
    }

    /// The rule as the wire has it: empty lists are left out, `verbs` always stands.
    package var tree: JSON {
        var tree: JSON = ["verbs": .array(verbs.map(JSON.string))]
        let others = [
            ("apiGroups", apiGroups), ("resources", resources), ("resourceNames", resourceNames),
            ("nonResourceURLs", nonResourceURLs),
        ]
        for (key, texts) in others where !texts.isEmpty { tree[key] = .array(texts.map(JSON.string)) }
        return tree
    }
}

// MARK: - Matching

extension PolicyRule {
    /// Whether the rule allows a verb on a target, wherever it was granted.
    package func allows(_ verb: String, on target: AccessRequest.Target) -> Bool {
        guard Self.matches(verbs, verb) else { return false }
        return switch target {
        case .path(let path): nonResourceURLs.contains { Self.pathMatches($0, path) }
        case .resource(let resource, let subresource, _, let name):
            Self.matches(apiGroups, resource.group)
                && resources.contains { Self.resourceMatches($0, resource.resource, subresource) }
                && (resourceNames.isEmpty || name.map(resourceNames.contains) == true)
        }
    }

    static func matches(_ allowed: [String], _ asked: String) -> Bool {
        allowed.contains { $0 == "*" || $0 == asked }
    }

    static func resourceMatches(_ allowed: String, _ resource: String, _ subresource: String?) -> Bool {
        if allowed == "*" { return true }
        guard let subresource, !subresource.isEmpty else { return allowed == resource }
        return allowed == "\(resource)/\(subresource)" || allowed == "*/\(subresource)"
    }

    static func pathMatches(_ allowed: String, _ path: String) -> Bool {
        if allowed == path { return true }
        guard allowed.hasSuffix("*") else { return false }
        return path.hasPrefix(String(allowed.dropLast()))
    }
}
