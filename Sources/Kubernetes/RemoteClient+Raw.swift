// SPDX-License-Identifier: Apache-2.0

package import Clients
import HTTPTypes
package import JSONTree
import RESTClient
package import Resources

/// Answers as the server makes them, for those who show them to people.
extension RemoteClient {
    /// The document at a path below the server's address.
    package func document(_ path: String, accept: String = "application/json") async throws -> JSON {
        var request = request(.get, path)
        request.headers[.accept] = accept
        return try await send(request)
    }

    /// One object, or those that the query asks for, as a `Table`; each row has its object's metadata.
    ///
    /// https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables
    package func table(_ type: ResourceType, name: String? = nil, _ query: ListQuery) async throws -> JSON {
        var path = try paths.path(type, query.scope.organizations, namespace: query.scope.namespace)
        if let name { path += "/\(name.percentEncoded)" }
        let terms = name == nil ? [("labelSelector", query.labelSelector), ("continue", query.continueToken)] : []
        var request = request(.get, path, terms)
        request.headers[.accept] = Self.tables
        return try await send(request)
    }

    /// What changes after the query's moment: the objects of the events are `Table`s of one row.
    package func tableChanges(
        _ type: ResourceType, _ query: WatchQuery
    ) async throws -> AsyncThrowingStream<WatchEvent, any Error> {
        let path = try paths.path(type, query.scope.organizations, namespace: query.scope.namespace)
        let terms = [
            ("watch", "1"), ("resourceVersion", query.resourceVersion), ("labelSelector", query.labelSelector),
            ("fieldSelector", query.fieldSelector),
        ]
        var request = request(.get, path, terms)
        request.headers[.accept] = Self.tables
        let reader = RemoteWatch(try await stream(request)) { Object($0) }
        return AsyncThrowingStream { try await reader.next() }
    }

    private static let tables = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
}
