// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Resources

/// Reads and writes objects of any kind, in process or over HTTP; the only way in which a controller sees them.
///
/// Every function throws `APIError`: `notFound`, `conflict` for a stale resourceVersion, `alreadyExists`, `invalid`,
/// `expired` for a watch from before the history.
package protocol ObjectClient: Sendable {
    func get(_ type: ResourceType, _ key: ObjectKey) async throws -> Object
    func list(_ type: ResourceType, _ query: ListQuery) async throws -> ObjectList
    /// Events after `query.resourceVersion`; the stream ends when the server ends it, and throws `expired` when it must be listed again.
    func watch(_ type: ResourceType, _ query: WatchQuery) async throws -> AsyncThrowingStream<WatchEvent, any Error>
    func create(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object
    /// Replaces the object; its resourceVersion must be the present one.
    func update(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object
    func patch(_ type: ResourceType, _ key: ObjectKey, _ patch: Patch, _ options: WriteOptions) async throws -> Object
    /// Asks for deletion; the object stays until its finalizers are gone. Absent objects throw `notFound`.
    func delete(_ type: ResourceType, _ key: ObjectKey, _ options: DeleteOptions) async throws
}

/// Which objects a list is about, and which page of it.
package struct ListQuery: Hashable, Sendable {
    package var scope: Scope
    /// As on the wire: `app=web,tier!=db`.
    package var labelSelector: String?
    package var fieldSelector: String?
    package var limit: Int?
    package var continueToken: String?

    package init(
        _ scope: Scope, labelSelector: String? = nil, fieldSelector: String? = nil, limit: Int? = nil,
        continueToken: String? = nil
    ) {
        self.scope = scope
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
        self.limit = limit
        self.continueToken = continueToken
    }
}

/// Which objects a watch is about, and after what.
package struct WatchQuery: Hashable, Sendable {
    package var scope: Scope
    package var resourceVersion: String
    package var labelSelector: String?
    package var fieldSelector: String?

    package init(
        _ scope: Scope, after resourceVersion: String, labelSelector: String? = nil, fieldSelector: String? = nil
    ) {
        self.scope = scope
        self.resourceVersion = resourceVersion
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
    }
}

/// One page of a list, all of it of one moment.
package struct ObjectList: Hashable, Sendable {
    package var items: [Object]
    package var resourceVersion: String
    /// Absent on the last page.
    package var continueToken: String?

    package init(items: [Object], resourceVersion: String, continueToken: String? = nil) {
        self.items = items
        self.resourceVersion = resourceVersion
        self.continueToken = continueToken
    }
}

/// What happened to one object, as a watch tells it.
package enum WatchEvent: Hashable, Sendable {
    case added(Object)
    case modified(Object)
    case deleted(Object)
    /// Nothing happened up to this resourceVersion.
    case bookmark(resourceVersion: String)
}

/// A change of part of an object.
package enum Patch: Hashable, Sendable {
    /// RFC 7396.
    case merge(JSON)
    /// RFC 6902: a list of operations.
    case json(JSON)
    /// A merge patch that knows how lists merge; for the kinds that Kubernetes itself has.
    case strategic(JSON)
    /// Server-side apply: all fields that the field manager wants to have, which becomes their manager; `force` takes
    /// them over from others. Makes an object that is not there.
    case apply(JSON, force: Bool)

    /// The document that goes over the wire.
    package var body: JSON {
        switch self {
        case .merge(let body), .json(let body), .strategic(let body), .apply(let body, _): body
        }
    }
}

/// Through which door something is written, whether in earnest, and in whose name.
package struct WriteOptions: Hashable, Sendable {
    /// `status` for that door; absent for the main one.
    package var subresource: String?
    package var isDryRun: Bool
    package var fieldManager: String?

    package init(subresource: String? = nil, isDryRun: Bool = false, fieldManager: String? = nil) {
        self.subresource = subresource
        self.isDryRun = isDryRun
        self.fieldManager = fieldManager
    }

    package static let status = WriteOptions(subresource: "status")
}

/// What must still hold of an object for its deletion, and what becomes of those that it owns.
package struct DeleteOptions: Hashable, Sendable {
    package enum Propagation: String, Hashable, Sendable {
        case background = "Background"
        case foreground = "Foreground"
        case orphan = "Orphan"
    }

    package var uid: String?
    package var resourceVersion: String?
    package var propagation: Propagation
    package var isDryRun: Bool

    package init(
        uid: String? = nil, resourceVersion: String? = nil, propagation: Propagation = .background,
        isDryRun: Bool = false
    ) {
        self.uid = uid
        self.resourceVersion = resourceVersion
        self.propagation = propagation
        self.isDryRun = isDryRun
    }
}
