// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import JSONTree
package import Resources

/// One webhook of a configuration, read from its tree: who is asked, about which writes, and what a silence means.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
package struct Webhook: Sendable {
    package enum Form: Hashable, Sendable { case mutating, validating }

    package let form: Form
    package let name: String
    package let url: String
    /// In PEM; absent for the machine's own roots.
    package let roots: String?
    package let rules: [WebhookRule]
    /// Whether a rule also means the same objects in other versions.
    package let matchesEquivalents: Bool
    package let namespaces: LabelSelector
    package let objects: LabelSelector
    package let conditions: MatchConditions
    /// From 1 to 30.
    package let timeoutSeconds: Int64
    /// Whether a webhook that does not answer well refuses the write.
    package let failsClosed: Bool
    /// Whether it is asked again when another one has changed the object after it.
    package let isReinvoked: Bool

    /// Reads an element of `webhooks` that was found good when it was stored.
    ///
    /// What is missing has upstream's default; a selector that cannot be read matches everything, which is the safe side.
    package init(_ form: Form, tree: JSON) {
        self.form = form
        name = tree["name"]?.string ?? ""
        url = tree["clientConfig"]?["url"]?.string ?? ""
        roots = tree["clientConfig"]?["caBundle"]?.string.flatMap(Self.text(base64:))
        rules = (tree["rules"]?.array ?? []).map(WebhookRule.init(tree:))
        matchesEquivalents = tree["matchPolicy"]?.string != "Exact"
        namespaces = (try? LabelSelector(tree: tree["namespaceSelector"] ?? .null)) ?? .everything
        objects = (try? LabelSelector(tree: tree["objectSelector"] ?? .null)) ?? .everything
        conditions = MatchConditions(tree["matchConditions"])
        timeoutSeconds = min(max(tree["timeoutSeconds"]?.integer ?? 10, 1), 30)
        failsClosed = tree["failurePolicy"]?.string != "Ignore"
        isReinvoked = tree["reinvocationPolicy"]?.string == "IfNeeded"
    }

    /// What base64 spells, where that is text.
    private static func text(base64: String) -> String? {
        Data(base64Encoded: base64).flatMap { String(validating: $0, as: UTF8.self) }
    }
}

/// Which requests a webhook is asked about.
package struct WebhookRule: Hashable, Sendable {
    package let operations: Set<String>
    package let groups: Set<String>
    package let versions: Set<String>
    /// `widgets`, `widgets/status`, `*`, `*/scale`, `widgets/*` or `*/*`.
    package let resources: [String]
    package let scope: String

    /// Reads an element of `rules`.
    package init(tree: JSON) {
        func words(_ key: String) -> [String] { tree[key]?.array?.compactMap(\.string) ?? [] }
        operations = Set(words("operations"))
        groups = Set(words("apiGroups"))
        versions = Set(words("apiVersions"))
        resources = words("resources")
        scope = tree["scope"]?.string ?? "*"
    }

    /// Whether a request is meant: `CREATE` of a resource, perhaps through a door of it.
    package func matches(
        _ operation: String, _ resource: GroupVersionResource, subresource: String?, isNamespaced: Bool
    ) -> Bool {
        func has(_ words: Set<String>, _ word: String) -> Bool { words.contains("*") || words.contains(word) }
        let isInScope = scope == "*" || scope == (isNamespaced ? "Namespaced" : "Cluster")
        return isInScope && has(operations, operation) && has(groups, resource.group)
            && has(versions, resource.version)
            && resources.contains { Self.names($0, resource.resource, subresource ?? "") }
    }

    /// A word without a slash means the object itself and none of its doors.
    private static func names(_ word: String, _ resource: String, _ door: String) -> Bool {
        let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let wantedDoor = parts.count > 1 ? parts[1] : ""
        return (parts[0] == "*" || parts[0] == resource) && (wantedDoor == "*" || wantedDoor == door)
    }
}
