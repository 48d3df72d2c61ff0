// SPDX-License-Identifier: Apache-2.0

package import Clients
import JSONTree
package import Resources
import Schemas
import Stores

/// The API without HTTP, for the controllers of this process.
///
/// It goes through the same authorization, validation, admission and audit, under a service's own name.
package struct LocalClient: ObjectClient {
    let objects: Objects
    let catalog: Catalog.Source
    let auditor: Auditor
    let user: UserInfo

    /// A client for one service, named by `user`.
    package init(objects: Objects, catalog: @escaping Catalog.Source, auditor: Auditor, user: UserInfo) {
        self.objects = objects
        self.catalog = catalog
        self.auditor = auditor
        self.user = user
    }

    /// One object; throws `notFound`.
    package func get(_ type: ResourceType, _ key: ObjectKey) async throws -> Object {
        let target = try target(type, key)
        return try await translated { try object(await objects.get(target, by: user), target) }
    }

    /// Objects of one moment, in the order of their keys.
    package func list(_ type: ResourceType, _ query: ListQuery) async throws -> ObjectList {
        let target = try target(type, query.scope)
        let selection = try Selection(labels: query.labelSelector, fields: query.fieldSelector, of: target.served)
        let options = ListOptions(selection: selection, limit: query.limit, continueToken: query.continueToken)
        return try await translated {
            let page = try await objects.list(target, options, by: user)
            return ObjectList(
                items: try page.items.map { try object($0, target) }, resourceVersion: String(page.revision.value),
                continueToken: page.continueToken?.text)
        }
    }

    /// Events after the query's resourceVersion; without one it begins with what is there.
    ///
    /// The stream pulls: nothing piles up.
    package func watch(
        _ type: ResourceType, _ query: WatchQuery
    ) async throws -> AsyncThrowingStream<WatchEvent, any Error> {
        let target = try target(type, query.scope)
        let selection = try Selection(labels: query.labelSelector, fields: query.fieldSelector, of: target.served)
        let after = try ListOptions.revision(query.resourceVersion.isEmpty ? nil : query.resourceVersion)
        // Zero is the version of a list of an empty store, and not a wish for anything as it is on the wire.
        let options = WatchOptions(selection: selection, after: after, wantsBookmarks: true)
        let events = try LocalWatch(await translated { try await objects.watch(target, options, by: user) })
        return AsyncThrowingStream { try await events.next() }
    }
}

// MARK: - Writing

extension LocalClient {
    /// Makes the object in the organization that it says.
    package func create(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object {
        let key = object.key
        let target = try target(type, Scope(.one(key.organization), namespace: key.namespace))
        let body = ParsedJSON(tree: object.tree, duplicateKeys: [])
        return try await recorded("create", target, target.kind.audited(object.tree, isWhole: true)) {
            try self.object(await objects.create(target, body, settings(options), by: user).stored, target)
        }
    }

    /// Replaces the object; throws `conflict` when its resourceVersion is stale.
    package func update(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object {
        let target = try target(type, object.key, door: options.subresource)
        let body = ParsedJSON(tree: object.tree, duplicateKeys: [])
        return try await recorded("update", target, target.kind.audited(object.tree, isWhole: true)) {
            try self.object(await objects.update(target, body, settings(options), by: user).stored, target)
        }
    }

    /// Changes part of the object; is tried again when another write comes between.
    package func patch(
        _ type: ResourceType, _ key: ObjectKey, _ patch: Patch, _ options: WriteOptions
    ) async throws -> Object {
        let target = try target(type, key, door: options.subresource)
        return try await recorded("patch", target, target.kind.audited(patch.body, isWhole: false)) {
            try object(await objects.patch(target, patch, settings(options), by: user).stored, target)
        }
    }

    /// Asks for the deletion; throws `notFound`.
    package func delete(_ type: ResourceType, _ key: ObjectKey, _ options: DeleteOptions) async throws {
        let target = try target(type, key)
        let settings = DeletionSettings(
            uid: options.uid, resourceVersion: options.resourceVersion, propagation: options.propagation,
            isDryRun: options.isDryRun)
        try await recorded("delete", target, nil) { _ = try await objects.delete(target, settings, by: user) }
    }

    private func settings(_ options: WriteOptions) -> WriteSettings {
        WriteSettings(
            isDryRun: options.isDryRun, fieldValidation: .ignore,
            fieldManager: options.fieldManager ?? String(user.name.prefix(128)))
    }

    private func recorded<Result>(
        _ verb: String, _ target: Target, _ body: JSON?, _ write: () async throws -> Result
    ) async throws -> Result {
        var record = AuditRecord(
            id: objects.surroundings.uid(), uri: target.path, verb: verb, user: user,
            organizations: target.organizations, userAgent: "scs", target: target, body: body,
            receivedAt: objects.surroundings.now())
        try await auditor.received(record)
        let remarks = AdmissionRemarks()
        do {
            let result = try await AdmissionRemarks.$current.withValue(remarks) { try await write() }
            record.annotations = remarks.annotations
            await auditor.answered(record, code: verb == "create" ? 201 : 200)
            return result
        } catch {
            let known = APIError(error)
            record.annotations = remarks.annotations
            await auditor.answered(record, code: known.reason.code, reason: known.reason.text)
            throw known
        }
    }
}

// MARK: - Between the words of clients and of the engine

extension LocalClient {
    private func target(_ type: ResourceType, _ key: ObjectKey, door: String? = nil) throws(APIError) -> Target {
        let served = try served(type, .one(key.organization))
        return Target(
            served, in: .one(key.organization), namespace: served.kind.isNamespaced ? key.namespace : nil,
            name: key.name, subresource: door)
    }

    private func target(_ type: ResourceType, _ scope: Scope) throws(APIError) -> Target {
        let served = try served(type, scope.organizations)
        return Target(served, in: scope.organizations, namespace: served.kind.isNamespaced ? scope.namespace : nil)
    }

    private func served(_ type: ResourceType, _ organizations: Scope.Organizations) throws(APIError) -> ServedResource {
        guard let served = catalog(organizations).kind(type.resource) else {
            throw APIError(.notFound, "\(type.groupResource.text) in version \(type.kind.version) is not served there")
        }
        return served
    }

    private func object(_ stored: Stored, _ target: Target) throws -> Object {
        try Self.object(stored, target)
    }

    static func object(_ stored: Stored, _ target: Target) throws -> Object {
        let tree = try target.served.tree(stored)
        let isStored = stored.revision > .zero
        return Object(isStored ? tree : tree.withoutResourceVersion, organization: stored.key.object.organization)
    }

    private func translated<Result>(_ read: () async throws -> Result) async throws -> Result {
        do { return try await read() } catch { throw APIError(error) }
    }
}

extension Target {
    /// As the path of a request about it would be.
    fileprivate var path: String {
        var parts: [String] = []
        switch organizations {
        case .everywhere: parts += ["organizations", "*"]
        case .one(let name) where !name.isEmpty: parts += ["organizations", name]
        case .one: break
        }
        parts += kind.group.isEmpty ? ["api", served.version.name] : ["apis", kind.group, served.version.name]
        if let namespace, kind.isNamespaced { parts += ["namespaces", namespace] }
        parts.append(kind.names.plural)
        parts += [name, subresource].compactMap { $0 }
        return "/" + parts.joined(separator: "/")
    }
}
