// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import Synchronization

/// One state of one object in the watch cache: immutable, so lists, events and readers share it by reference.
package final class CachedObject: Sendable {
    package let stored: Stored

    private let decodedLabels = Mutex<[String: String]?>(nil)

    package init(_ stored: Stored) { self.stored = stored }

    package var key: StoreKey { stored.key }
    package var object: StoredObject { stored.object }
    package var revision: Revision { stored.revision }

    /// The object's labels, decoded when they are first asked for; none where the bytes are no object.
    package var labels: [String: String] {
        decodedLabels.withLock { decoded in
            if let decoded { return decoded }
            let labels = (try? stored.object.labels()) ?? [:]
            decoded = labels
            return labels
        }
    }
}

/// One change as a watcher sees it.
package struct CacheEvent: Sendable, Revisioned {
    package let action: StoreEvent.Action
    /// The object after the change; for a deletion its last bytes.
    package let stored: CachedObject
    /// The object before the change; absent for a creation.
    ///
    /// It is also absent where a watch resumes in the store's history, before this cache's events, and the object's
    /// earlier state is not in what it read: a reader who selects by labels must then take it for one that matched.
    package let previous: CachedObject?

    package var revision: Revision { stored.revision }
}

/// A part of a list, as of one revision.
package struct CachePage: Sendable {
    package let items: [CachedObject]
    /// The moment that the whole list is of: the next page asks for the same.
    package let revision: Revision
    /// How many objects come after this page.
    package let remaining: Int
    /// The last key of this page, where there are more: what the next page begins after.
    package let next: StoreKey?
}
