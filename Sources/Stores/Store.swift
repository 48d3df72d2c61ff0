// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// Keeps objects and the history of their changes, knowing neither kinds nor users.
///
/// Guarantees, each with a test of the same name in `StoreContract`:
/// - revisions only grow
/// - a revision names one change of one object
/// - a commit is durable when it returns
/// - no watch event is lost, doubled or reordered
/// - a stale revision conflicts
/// - a watch from N sees exactly what came after N, over a restart too
/// - compaction answers expired, never silence
/// - a kill at any instant loses nothing acknowledged
package protocol Store: Sendable {
    /// Makes one change and returns the revision that names it; it is durable by then. Throws `StoreError`.
    func commit(_ change: Change) async throws -> Revision
    func get(_ key: StoreKey) async throws -> Stored?
    /// Everything under a prefix in the order of keys, all of one moment.
    func list(_ prefix: StorePrefix) async throws -> Snapshot
    /// What came after `revision`, first from history, then as it happens. Throws `StoreError.expired` for what was compacted,
    /// also in the middle, when a reader falls behind the history.
    func changes(after revision: Revision) async throws -> AsyncThrowingStream<StoreEvent, any Error>
    /// Forgets history up to and including `revision`; the present objects stay.
    func compact(through revision: Revision) async throws
    /// The revision of the newest change.
    func currentRevision() async throws -> Revision
}

/// A position in the one history of all objects.
package struct Revision: Hashable, Comparable, Sendable {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
    package static func < (left: Revision, right: Revision) -> Bool { left.value < right.value }
    package static let zero = Revision(0)
}

/// One wish to change one object.
package struct Change: Sendable {
    package enum Expectation: Hashable, Sendable {
        /// There must be no object at the key (else `StoreError.exists`).
        case absent
        /// The object must be of this revision (else `StoreError.conflict`, or `.notFound`).
        case revision(Revision)
    }

    package enum Write: Sendable {
        case put(StoredObject)
        /// Watchers see these bytes as the object's last ones.
        case delete(last: StoredObject)
    }

    package var key: StoreKey
    package var expectation: Expectation
    package var write: Write

    package init(key: StoreKey, expectation: Expectation, write: Write) {
        self.key = key
        self.expectation = expectation
        self.write = write
    }
}

/// An object at its key, as of one revision: the last change that was made to it.
package struct Stored: Hashable, Sendable {
    package let key: StoreKey
    package let object: StoredObject
    package let revision: Revision

    package init(key: StoreKey, object: StoredObject, revision: Revision) {
        self.key = key
        self.object = object
        self.revision = revision
    }
}

/// A list that is all of one moment; a watch after its revision goes on where it ends.
package struct Snapshot: Sendable {
    package let items: [Stored]
    package let revision: Revision

    package init(items: [Stored], revision: Revision) {
        self.items = items
        self.revision = revision
    }
}

/// One change that happened.
package struct StoreEvent: Hashable, Sendable {
    package enum Action: Hashable, Sendable { case created, changed, deleted }

    package let action: Action
    /// The object after the change; for a deletion its last bytes.
    ///
    /// Its revision is the change's.
    package let stored: Stored

    package init(action: Action, stored: Stored) {
        self.action = action
        self.stored = stored
    }
}

/// Why a store does not do what it was asked; each case is expected by somebody.
package enum StoreError: Error, Hashable, Sendable {
    case exists(StoreKey)
    case notFound(StoreKey)
    /// Somebody was faster; `present` is the revision that is there.
    case conflict(StoreKey, present: Revision)
    /// History begins after that revision.
    case expired(oldest: Revision)
    /// The disk is full or does not answer: reads go on, writes do not. The text names the cause, for the operator.
    case unavailable(String)
}
