// SPDX-License-Identifier: Apache-2.0

import ComputeKinds
package import JSONTree
import ManagementKinds
import NetworkingKinds
import Resources
import Schemas
import StorageKinds

/// Our kinds, as Kubernetes API servers are told of them; those that every such server has are none of ours.
package enum Definitions {
    /// One kind's CustomResourceDefinition.
    package struct Definition: Sendable {
        /// What the kind may be called by, in small letters.
        package let words: Set<String>
        package let tree: JSON
    }

    /// In the order of their groups, then as their group lists them.
    package static var all: [Definition] {
        kinds.compactMap { kind in
            kind.customResourceDefinition.map {
                Definition(words: [kind.names.plural, kind.names.singular, kind.groupResource.text], tree: $0)
            }
        }
    }

    /// A line a group.
    static var kinds: [Kind] {
        ManagementKinds.kinds + NetworkingKinds.kinds + StorageKinds.kinds + ComputeKinds.kinds
    }
}
