// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// `metadata` of an object, as a typed view on its tree.
///
/// Field meanings: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
package struct Metadata: Hashable, Sendable {
    package var tree: JSON

    package init(tree: JSON) { self.tree = tree }

    package var name: String {
        get { text("name") ?? "" }
        set { tree["name"] = .string(newValue) }
    }
    package var generateName: String? {
        get { text("generateName") }
        set { tree["generateName"] = newValue.map(JSON.string) }
    }
    package var namespace: String {
        get { text("namespace") ?? "" }
        set { tree["namespace"] = newValue.isEmpty ? nil : .string(newValue) }
    }
    package var uid: String? {
        get { text("uid") }
        set { tree["uid"] = newValue.map(JSON.string) }
    }
    /// The store's revision as opaque text; absent in a new object.
    package var resourceVersion: String? {
        get { text("resourceVersion") }
        set { tree["resourceVersion"] = newValue.map(JSON.string) }
    }
    /// Counts edits of the spec, from 1.
    package var generation: Int64 {
        get { tree["generation"]?.integer ?? 0 }
        set { tree["generation"] = .integer(newValue) }
    }
    /// RFC 3339, in seconds, UTC.
    package var creationTimestamp: String? {
        get { text("creationTimestamp") }
        set { tree["creationTimestamp"] = newValue.map(JSON.string) }
    }
    package var deletionTimestamp: String? {
        get { text("deletionTimestamp") }
        set { tree["deletionTimestamp"] = newValue.map(JSON.string) }
    }
    package var labels: [String: String] {
        get { texts("labels") }
        set { tree["labels"] = Self.object(newValue) }
    }
    package var annotations: [String: String] {
        get { texts("annotations") }
        set { tree["annotations"] = Self.object(newValue) }
    }
    package var finalizers: [String] {
        get { tree["finalizers"]?.array?.compactMap(\.string) ?? [] }
        set { tree["finalizers"] = newValue.isEmpty ? nil : .array(newValue.map(JSON.string)) }
    }
    package var ownerReferences: [OwnerReference] {
        get { tree["ownerReferences"]?.array?.compactMap(OwnerReference.init(tree:)) ?? [] }
        set { tree["ownerReferences"] = newValue.isEmpty ? nil : .array(newValue.map(\.tree)) }
    }

    private func text(_ key: String) -> String? { tree[key]?.string }

    private func texts(_ key: String) -> [String: String] {
        let pairs = tree[key]?.object?.members.compactMap { member in member.value.string.map { (member.key, $0) } }
        return Dictionary(pairs ?? [], uniquingKeysWith: { _, last in last })
    }

    private static func object(_ texts: [String: String]) -> JSON? {
        texts.isEmpty ? nil : .object(JSONObject(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
}
