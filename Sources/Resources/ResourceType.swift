// SPDX-License-Identifier: Apache-2.0

/// What a client must know of a kind to reach its objects: how a body names it and how a path does.
package struct ResourceType: Hashable, Sendable {
    package var kind: GroupVersionKind
    /// The URL word: `virtualmachines`.
    package var plural: String
    package var isNamespaced: Bool

    package init(group: String, version: String, kind: String, plural: String, isNamespaced: Bool = true) {
        self.kind = GroupVersionKind(group: group, version: version, kind: kind)
        self.plural = plural
        self.isNamespaced = isNamespaced
    }

    package var resource: GroupVersionResource {
        GroupVersionResource(group: kind.group, version: kind.version, resource: plural)
    }

    package var groupResource: GroupResource { resource.groupResource }
}
