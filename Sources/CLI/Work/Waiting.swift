// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Kubernetes
import Resources

/// `scs wait` and `--wait`: follows one object until something holds of it, and says what happens meanwhile.
struct Waiting: Sendable {
    /// What is waited for.
    enum Goal: Hashable, Sendable {
        case condition(type: String, truth: Condition.Truth)
        case deletion
    }

    let session: Session
    let goal: Goal
    let timeout: Duration

    /// Returns when the goal is reached; throws `timedOut`, or `rejected` when no waiting can help.
    func wait(_ type: ResourceType, _ key: ObjectKey) async throws {
        let progress = WaitProgress(session: session, title: "\(type.plural) \(key.name)")
        defer { progress.clear() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await follow(type, key, progress) }
            group.addTask { try await progress.tick() }
            group.addTask {
                try await session.time.sleep(for: timeout)
                throw CLIError(
                    "\(type.plural) \(key.name): not within \(timeout.components.seconds)s; look why with: scs describe",
                    exit: .timedOut)
            }
            try await group.next()
        }
    }

    private func follow(_ type: ResourceType, _ key: ObjectKey, _ progress: WaitProgress) async throws {
        let field = "metadata.name=\(key.name)"
        while true {
            let query = ListQuery(
                Scope(.one(""), namespace: type.isNamespaced ? key.namespace : nil), fieldSelector: field)
            let list = try await session.client.list(type, query)
            guard let object = list.items.first else {
                if goal == .deletion { return progress.end("deleted") }
                throw APIError.notFound(type.groupResource, name: key.name)
            }
            if try isReached(object, progress) { return }
            do {
                if try await watch(type, query.scope, field, after: list.resourceVersion, progress) { return }
            } catch let error as APIError where error.reason == .expired || error.reason == .gone {
                continue
            }
            // The server ends watches now and then; a moment keeps a server that always does from being flooded.
            try await session.time.sleep(for: .milliseconds(500))
        }
    }

    private func watch(
        _ type: ResourceType, _ scope: Scope, _ field: String, after revision: String, _ progress: WaitProgress
    ) async throws -> Bool {
        let query = WatchQuery(scope, after: revision, fieldSelector: field)
        for try await event in try await session.client.watch(type, query) {
            switch event {
            case .added(let object), .modified(let object):
                if try isReached(object, progress) { return true }
            case .deleted(let object):
                guard goal == .deletion else { throw APIError.notFound(type.groupResource, name: object.metadata.name) }
                progress.end("deleted")
                return true
            case .bookmark: break
            }
        }
        return false
    }

    private func isReached(_ object: Object, _ progress: WaitProgress) throws -> Bool {
        switch goal {
        case .deletion:
            progress.show(object.condition("Ready"))
            return false
        case .condition(let type, let truth):
            guard let condition = object.condition(type), Self.isCurrent(condition, object) else { return false }
            progress.show(condition)
            if condition.status == truth {
                progress.end("\(type) is \(truth.rawValue)")
                return true
            }
            if truth == .yes, let reason = Self.rejection(object) {
                throw CLIError("\(object.title) was rejected: \(reason)", exit: .rejected)
            }
            return false
        }
    }

    private static func isCurrent(_ condition: Condition, _ object: Object) -> Bool {
        condition.observedGeneration.map { $0 >= object.metadata.generation } ?? true
    }

    /// What the object says when no waiting helps: not ready, no work going on, and nothing else that it waits for.
    private static func rejection(_ object: Object) -> String? {
        guard let ready = object.condition("Ready"), isCurrent(ready, object), ready.status == .no,
            let progressing = object.condition("Progressing"), isCurrent(progressing, object),
            progressing.status == .no, !["Waiting", "InUse"].contains(ready.reason)
        else { return nil }
        return "\(ready.reason): \(ready.message)"
    }
}
