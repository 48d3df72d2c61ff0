// SPDX-License-Identifier: Apache-2.0

package import Resources

/// Where an object is stored: group/resource/organization/namespace/name.
///
/// There is no version in it, since all versions are one object. None of the parts holds a slash, so the text orders objects by group, then resource, then organization, and so on.
package struct StoreKey: Hashable, Comparable, Sendable {
    package let type: GroupResource
    package let object: ObjectKey
    /// The whole key as text; empty parts stay as two slashes.
    package let text: String

    package init(_ type: GroupResource, _ object: ObjectKey) {
        self.type = type
        self.object = object
        text = "\(type.group)/\(type.resource)/\(object.organization)/\(object.namespace)/\(object.name)"
    }

    /// Reads a key back; absent when it has not five parts.
    package init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5 else { return nil }
        type = GroupResource(group: parts[0], resource: parts[1])
        object = ObjectKey(organization: parts[2], namespace: parts[3], name: parts[4])
        self.text = text
    }

    package static func < (left: StoreKey, right: StoreKey) -> Bool { left.text < right.text }
}

/// A range of keys: all objects of a kind in an organization, in a namespace, or everywhere.
package struct StorePrefix: Hashable, Sendable {
    package let text: String

    /// Everything there is.
    package static let all = StorePrefix(text: "")

    private init(text: String) { self.text = text }

    /// A namespace needs one organization: `Scope(.everywhere, namespace:)` has no prefix and covers all namespaces.
    package init(_ type: GroupResource, _ scope: Scope) {
        var text = "\(type.group)/\(type.resource)/"
        if case .one(let organization) = scope.organizations {
            text += "\(organization)/"
            if let namespace = scope.namespace { text += "\(namespace)/" }
        }
        self.text = text
    }

    package func contains(_ key: StoreKey) -> Bool { key.text.utf8.starts(with: text.utf8) }

    /// Whether everything under the other prefix is under this one too.
    package func contains(_ other: StorePrefix) -> Bool { other.text.utf8.starts(with: text.utf8) }

    /// Every prefix that there can be of a key: of its namespace, its organization, its kind, and `all`.
    package static func containing(_ key: StoreKey) -> [StorePrefix] {
        let everywhere = "\(key.type.group)/\(key.type.resource)/"
        let organization = "\(everywhere)\(key.object.organization)/"
        let namespace = "\(organization)\(key.object.namespace)/"
        return [namespace, organization, everywhere, ""].map(StorePrefix.init(text:))
    }
}
