// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources

/// The rules of an API server's objects: what each request reads, changes and answers.
struct MemoryObjects {
    struct Watcher {
        var type: ResourceType
        var query: WatchQuery
        var continuation: AsyncThrowingStream<WatchEvent, any Error>.Continuation
    }

    private struct Change {
        var type: GroupResource
        var event: WatchEvent
        /// The object before; absent for one that was added.
        var old: Object?
    }

    private var objects: [GroupResource: [ObjectKey: Object]] = [:]
    private(set) var revision: Int64 = 0
    private var compacted: Int64 = 0
    private var history: [(revision: Int64, change: Change)] = []
    private(set) var watchers: [Int: Watcher] = [:]
    private var nextWatcher = 0
    /// What the pages after the first still hold, by continue token.
    private var pages: [String: (items: [Object], revision: Int64)] = [:]
}

// MARK: - Reading

extension MemoryObjects {
    func get(_ type: ResourceType, _ key: ObjectKey) throws -> Object {
        guard let object = objects[type.groupResource]?[key] else { throw notFound(type, key) }
        return object
    }

    mutating func list(_ type: ResourceType, _ query: ListQuery) throws -> ObjectList {
        var items: [Object]
        var revision = revision
        if let token = query.continueToken {
            guard let page = pages.removeValue(forKey: token) else {
                throw APIError(.expired, "the continue token is too old; list again")
            }
            (items, revision) = page
        } else {
            let selection = try Selection(query)
            items = (objects[type.groupResource] ?? [:]).values.filter(selection.contains)
                .sorted { $0.key.text < $1.key.text }
        }
        guard let limit = query.limit, items.count > limit else {
            return ObjectList(items: items, resourceVersion: String(revision))
        }
        let token = "page-\(revision)-\(items.count)-\(pages.count)"
        pages[token] = (Array(items.dropFirst(limit)), revision)
        return ObjectList(
            items: Array(items.prefix(limit)), resourceVersion: String(revision), continueToken: token)
    }

    mutating func watch(
        _ type: ResourceType, _ query: WatchQuery,
        _ continuation: AsyncThrowingStream<WatchEvent, any Error>.Continuation
    ) throws -> Int {
        let after = Int64(query.resourceVersion) ?? 0
        guard after >= compacted else { throw APIError(.expired, "too old resource version: \(after) (\(compacted))") }
        let selection = try Selection(query)
        for (revision, change) in history where revision > after && change.type == type.groupResource {
            if let event = selection.event(change.event, old: change.old) { continuation.yield(event) }
        }
        nextWatcher += 1
        watchers[nextWatcher] = Watcher(type: type, query: query, continuation: continuation)
        return nextWatcher
    }

    mutating func endWatch(_ id: Int) { watchers[id] = nil }

    mutating func compact() {
        compacted = revision
        history = []
        pages = [:]
    }

    func sendBookmarks() {
        for watcher in watchers.values {
            watcher.continuation.yield(.bookmark(resourceVersion: String(revision)))
        }
    }

    private func notFound(_ type: ResourceType, _ key: ObjectKey) -> APIError {
        APIError.notFound(type.groupResource, name: key.name)
    }
}

// MARK: - Writing

extension MemoryObjects {
    mutating func create(
        _ type: ResourceType, _ object: Object, _ options: WriteOptions, now: Int64
    ) throws -> Object {
        var object = object
        if object.metadata.name.isEmpty, let prefix = object.metadata.generateName {
            object.metadata.name = prefix + String(revision + 1)
        }
        guard !object.metadata.name.isEmpty else { throw APIError(.invalid, "metadata.name: is required") }
        guard objects[type.groupResource]?[object.key] == nil else {
            throw APIError.alreadyExists(type.groupResource, name: object.metadata.name)
        }
        object.tree["apiVersion"] = .string(type.kind.groupVersion.text)
        object.tree["kind"] = .string(type.kind.kind)
        object.status = nil
        object.metadata.uid = "uid-\(revision + 1)"
        object.metadata.generation = 1
        object.metadata.creationTimestamp = Timestamp(seconds: now).text
        object.metadata.deletionTimestamp = nil
        return commit(type, object, old: nil, options)
    }

    /// Replaces what the door is for; a resourceVersion in the new tree must be the present one.
    mutating func write(
        _ type: ResourceType, _ key: ObjectKey, _ options: WriteOptions, _ change: (JSON) throws -> JSON
    ) throws -> Object {
        let old = try get(type, key)
        var new = Object(try change(old.tree), organization: key.organization)
        if let version = new.metadata.resourceVersion, version != old.metadata.resourceVersion {
            throw conflict(type, key)
        }
        if options.subresource == "status" {
            let status = new.status
            new = old
            new.status = status
        } else {
            new.status = old.status
            keepSystemFields(of: old, in: &new)
        }
        guard new != old else { return old }
        if isLast(new) { return remove(type, new, options) }
        return commit(type, new, old: old, options)
    }

    mutating func delete(_ type: ResourceType, _ key: ObjectKey, _ options: DeleteOptions, now: Int64) throws {
        var object = try get(type, key)
        if let uid = options.uid, uid != object.metadata.uid { throw conflict(type, key) }
        if let version = options.resourceVersion, version != object.metadata.resourceVersion {
            throw conflict(type, key)
        }
        let write = WriteOptions(isDryRun: options.isDryRun)
        guard !object.metadata.finalizers.isEmpty else {
            _ = remove(type, object, write)
            return
        }
        guard !object.isDeleting else { return }
        let old = object
        object.metadata.deletionTimestamp = Timestamp(seconds: now).text
        object.metadata.generation += 1
        _ = commit(type, object, old: old, write)
    }

    private func keepSystemFields(of old: Object, in new: inout Object) {
        for name in ["uid", "creationTimestamp", "deletionTimestamp", "generation", "name", "namespace"] {
            new.metadata.tree[name] = old.metadata.tree[name]
        }
        new.metadata.resourceVersion = old.metadata.resourceVersion
        var before = old
        var after = new
        before.metadata = Metadata(tree: [:])
        after.metadata = Metadata(tree: [:])
        if before != after { new.metadata.generation += 1 }
    }

    private func isLast(_ object: Object) -> Bool { object.isDeleting && object.metadata.finalizers.isEmpty }

    private mutating func commit(
        _ type: ResourceType, _ object: Object, old: Object?, _ options: WriteOptions
    ) -> Object {
        guard !options.isDryRun else { return object }
        revision += 1
        var object = object
        object.metadata.resourceVersion = String(revision)
        objects[type.groupResource, default: [:]][object.key] = object
        publish(Change(type: type.groupResource, event: old == nil ? .added(object) : .modified(object), old: old))
        return object
    }

    private mutating func remove(_ type: ResourceType, _ object: Object, _ options: WriteOptions) -> Object {
        guard !options.isDryRun else { return object }
        revision += 1
        var object = object
        object.metadata.resourceVersion = String(revision)
        let old = objects[type.groupResource]?.removeValue(forKey: object.key)
        publish(Change(type: type.groupResource, event: .deleted(object), old: old))
        return object
    }

    private mutating func publish(_ change: Change) {
        history.append((revision, change))
        for watcher in watchers.values where watcher.type.groupResource == change.type {
            guard let selection = try? Selection(watcher.query),
                let event = selection.event(change.event, old: change.old)
            else { continue }
            watcher.continuation.yield(event)
        }
    }

    private func conflict(_ type: ResourceType, _ key: ObjectKey) -> APIError {
        APIError(
            .conflict,
            #"Operation cannot be fulfilled on \#(type.groupResource.text) "\#(key.name)": the object has been modified"#
        )
    }
}

extension ObjectKey {
    fileprivate var text: String { "\(organization)/\(namespace)/\(name)" }
}
