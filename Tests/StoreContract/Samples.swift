// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Resources
package import Stores

/// Keys, objects and changes for tests of stores.
package enum Sample {
    package static let type = GroupResource(group: "compute.scs.community", resource: "virtualmachines")

    package static func key(_ name: String, namespace: String = "web", organization: String = "acme") -> StoreKey {
        StoreKey(type, ObjectKey(organization: organization, namespace: namespace, name: name))
    }

    package static func object(_ name: String, _ text: String = "") -> StoredObject {
        StoredObject(version: "v1alpha1", tail: Array(#""name":"\#(name)"},"spec":{"text":"\#(text)"}}"#.utf8))
    }

    package static func create(_ key: StoreKey, _ text: String = "") -> Change {
        Change(key: key, expectation: .absent, write: .put(object(key.object.name, text)))
    }

    package static func update(_ key: StoreKey, at revision: Revision, _ text: String = "") -> Change {
        Change(key: key, expectation: .revision(revision), write: .put(object(key.object.name, text)))
    }

    package static func delete(_ key: StoreKey, at revision: Revision) -> Change {
        Change(key: key, expectation: .revision(revision), write: .delete(last: object(key.object.name, "last")))
    }
}

extension Store {
    /// What came after a revision up to and including another one.
    package func events(after start: Revision, through end: Revision) async throws -> [StoreEvent] {
        var events: [StoreEvent] = []
        guard start < end else { return events }
        for try await event in try await changes(after: start) {
            events.append(event)
            if event.stored.revision >= end { break }
        }
        return events
    }
}
