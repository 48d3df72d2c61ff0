// SPDX-License-Identifier: Apache-2.0

/// An API group and a version of it, as `apiVersion` spells it: `v1` for the core group, else `group/version`.
package struct GroupVersion: Hashable, Sendable {
    package var group: String
    package var version: String

    package init(group: String, version: String) {
        self.group = group
        self.version = version
    }

    /// Reads an `apiVersion`; absent when it has more than one slash or an empty part.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(group: parts.count == 2 ? parts[0] : "", version: parts[parts.count - 1])
    }

    package var text: String { group.isEmpty ? version : "\(group)/\(version)" }
}

/// What an object says it is: `apiVersion` and `kind`.
package struct GroupVersionKind: Hashable, Sendable {
    package var group: String
    package var version: String
    package var kind: String

    package init(group: String, version: String, kind: String) {
        self.group = group
        self.version = version
        self.kind = kind
    }

    package var groupVersion: GroupVersion { GroupVersion(group: group, version: version) }
}

/// A kind as the store and RBAC name it, without a version: `compute.scs.community` and `virtualmachines`.
package struct GroupResource: Hashable, Sendable {
    package var group: String
    package var resource: String

    package init(group: String, resource: String) {
        self.group = group
        self.resource = resource
    }

    /// As error messages spell it: `virtualmachines.compute.scs.community`, or `secrets` in the core group.
    package var text: String { group.isEmpty ? resource : "\(resource).\(group)" }
}

/// A kind as a path names it: group, version and plural.
package struct GroupVersionResource: Hashable, Sendable {
    package var group: String
    package var version: String
    package var resource: String

    package init(group: String, version: String, resource: String) {
        self.group = group
        self.version = version
        self.resource = resource
    }

    package var groupVersion: GroupVersion { GroupVersion(group: group, version: version) }
    package var groupResource: GroupResource { GroupResource(group: group, resource: resource) }
}
