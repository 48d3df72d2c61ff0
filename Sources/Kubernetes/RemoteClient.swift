// SPDX-License-Identifier: Apache-2.0

package import Clients
import HTTPTypes
import JSONTree
package import RESTClient
package import Resources

/// Objects on a Kubernetes API server somewhere else, over HTTP.
///
/// Answers that are no success become the `APIError` that the server told; no answer becomes `timeout` (it may have taken
/// effect) or `serviceUnavailable`.
package struct RemoteClient: Sendable {
    let transport: any StreamingTransport
    /// `https://HOST:6443`, without a slash at its end.
    let server: String
    let token: String?
    let paths: RemotePaths
    /// For each request but a watch, and for the head of a watch's answer.
    let deadline: Duration

    package init(
        _ transport: any StreamingTransport, server: String, token: String? = nil, paths: RemotePaths = .organizations,
        deadline: Duration = .seconds(30)
    ) {
        self.transport = transport
        self.server = server.hasSuffix("/") ? String(server.dropLast()) : server
        self.token = token
        self.paths = paths
        self.deadline = deadline
    }
}

extension RemoteClient: ObjectClient {
    package func get(_ type: ResourceType, _ key: ObjectKey) async throws -> Object {
        object(try await send(request(.get, try paths.path(type, key))), type, key.organization)
    }

    package func list(_ type: ResourceType, _ query: ListQuery) async throws -> ObjectList {
        let path = try paths.path(type, query.scope.organizations, namespace: query.scope.namespace)
        let terms = [
            ("labelSelector", query.labelSelector), ("fieldSelector", query.fieldSelector),
            ("limit", query.limit.map { String($0) }), ("continue", query.continueToken),
        ]
        let tree = try await send(request(.get, path, terms))
        let token = tree["metadata"]?["continue"]?.string ?? ""
        return ObjectList(
            items: (tree["items"]?.array ?? []).map { paths.object($0, type, in: query.scope.organizations) },
            resourceVersion: tree["metadata"]?["resourceVersion"]?.string ?? "",
            continueToken: token.isEmpty ? nil : token)
    }

    package func watch(
        _ type: ResourceType, _ query: WatchQuery
    ) async throws -> AsyncThrowingStream<WatchEvent, any Error> {
        let path = try paths.path(type, query.scope.organizations, namespace: query.scope.namespace)
        let terms = [
            ("watch", "1"), ("allowWatchBookmarks", "true"), ("resourceVersion", query.resourceVersion),
            ("labelSelector", query.labelSelector), ("fieldSelector", query.fieldSelector),
        ]
        let reader = RemoteWatch(try await stream(request(.get, path, terms))) { [paths] tree in
            paths.object(tree, type, in: query.scope.organizations)
        }
        // Pulled event by event, so nothing piles up between.
        return AsyncThrowingStream { try await reader.next() }
    }

    package func create(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object {
        let key = object.key
        let path =
            try options.subresource == nil
            ? paths.path(type, .one(key.organization), namespace: key.namespace)
            : paths.path(type, key, options.subresource)
        return try await write(.post, path, object.tree, type, key, options)
    }

    package func update(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object {
        let path = try paths.path(type, object.key, options.subresource)
        return try await write(.put, path, object.tree, type, object.key, options)
    }

    package func patch(
        _ type: ResourceType, _ key: ObjectKey, _ patch: Patch, _ options: WriteOptions
    ) async throws -> Object {
        let path = try paths.path(type, key, options.subresource)
        let contentType =
            switch patch {
            case .merge: "application/merge-patch+json"
            case .json: "application/json-patch+json"
            case .strategic: "application/strategic-merge-patch+json"
            case .apply: "application/apply-patch+yaml"
            }
        let isForced = if case .apply(_, force: true) = patch { true } else { false }
        return try await write(
            .patch, path, patch.body, type, key, options, isForced: isForced, as: contentType)
    }

    package func delete(_ type: ResourceType, _ key: ObjectKey, _ options: DeleteOptions) async throws {
        _ = try await send(request(.delete, try paths.path(type, key), body: options.tree))
    }

    private func write(
        _ method: HTTPRequest.Method, _ path: String, _ tree: JSON, _ type: ResourceType, _ key: ObjectKey,
        _ options: WriteOptions, isForced: Bool = false, as contentType: String = "application/json"
    ) async throws -> Object {
        let terms = [
            ("dryRun", options.isDryRun ? "All" : nil), ("fieldManager", options.fieldManager),
            ("force", isForced ? "true" : nil),
        ]
        let request = request(method, path, terms, body: tree, as: contentType)
        return object(try await send(request), type, key.organization)
    }

    private func object(_ tree: JSON, _ type: ResourceType, _ organization: String) -> Object {
        paths.object(tree, type, in: .one(organization))
    }
}

extension DeleteOptions {
    /// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/delete-options/
    /// The request body, as upstream names its members.
    ///
    fileprivate var tree: JSON {
        var tree: JSON = [
            "apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": .string(propagation.rawValue),
        ]
        var preconditions = JSONObject()
        preconditions["uid"] = uid.map(JSON.string)
        preconditions["resourceVersion"] = resourceVersion.map(JSON.string)
        if !preconditions.isEmpty { tree["preconditions"] = .object(preconditions) }
        if isDryRun { tree["dryRun"] = ["All"] }
        return tree
    }
}
