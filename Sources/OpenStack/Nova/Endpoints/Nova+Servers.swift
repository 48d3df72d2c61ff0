// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Nova {
    /// Lists servers: `GET /servers/detail`, all pages.
    ///
    /// Filters: `tags`, `name`, `status`, `changes-since` (deleted ones too) … https://docs.openstack.org/api-ref/compute/#list-servers-detailed
    package func servers(_ query: Query = [:]) async throws -> [Server] {
        try await session.list(Call("list servers", .compute, .get, "/servers/detail", query: query), at: "servers")
    }

    /// Shows a server: `GET /servers/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/compute/#show-server-details
    package func server(_ id: String) async throws -> Server {
        try await session.one(Call("show server", .compute, .get, "/servers/\(id)"), at: "server")
    }

    /// What Nova says at once of a server that it will make.
    package struct CreatedServer: Decodable, Hashable, Sendable {
        package var id: String
    }

    /// Makes a server: `POST /servers`; returns its id; everything else is seen by `server`.
    ///
    /// https://docs.openstack.org/api-ref/compute/#create-server
    package func createServer(_ server: NewServer, native: JSONObject = JSONObject()) async throws -> CreatedServer {
        var call = Call("create server", .compute, .post, "/servers", deadline: .seconds(120))
        call.secrets = [server.userData, native["user_data"]?.string, native["adminPass"]?.string]
            .compactMap { $0.map { Secret($0) } }
        return try await session.create(call, server, native: native, at: "server")
    }

    /// Changes a server: `PUT /servers/{id}`; name, description, hostname.
    ///
    /// https://docs.openstack.org/api-ref/compute/#update-server
    package func updateServer(_ id: String, _ changes: JSON) async throws -> Server {
        let body: JSON = ["server": changes]
        return try await session.one(
            Call("update server", .compute, .put, "/servers/\(id)", body: body, isIdempotent: true), at: "server")
    }

    /// Replaces a server's metadata: `PUT /servers/{id}/metadata`; keys that are not given go.
    ///
    /// https://docs.openstack.org/api-ref/compute/#replace-metadata-items
    package func setMetadata(_ metadata: [String: String], ofServer id: String) async throws {
        let members = metadata.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
        let body: JSON = ["metadata": .object(JSONObject(members))]
        try await session.perform(
            Call("set metadata", .compute, .put, "/servers/\(id)/metadata", body: body, isIdempotent: true))
    }

    /// Deletes a server: `DELETE /servers/{id}`; returns before it is gone; 404 of `server` says that it is.
    ///
    /// https://docs.openstack.org/api-ref/compute/#delete-server
    package func deleteServer(_ id: String) async throws {
        try await session.perform(Call("delete server", .compute, .delete, "/servers/\(id)"))
    }

    /// Runs an action: `POST /servers/{id}/action` with any action's body: `{"reboot": {"type": "SOFT"}}`.
    ///
    /// https://docs.openstack.org/api-ref/compute/#servers-run-an-action-servers-action
    @discardableResult
    package func act(_ body: JSON, on id: String) async throws -> Answer {
        let action = body.object?.keys.first ?? "act"
        return try await session.send(
            Call("\(action) server", .compute, .post, "/servers/\(id)/action", body: body))
    }

    /// The action `os-start`; 409 when it runs already or is busy.
    package func startServer(_ id: String) async throws { try await act(["os-start": .null], on: id) }

    /// The action `os-stop`; 409 when it is stopped already or is busy.
    package func stopServer(_ id: String) async throws { try await act(["os-stop": .null], on: id) }

    /// The action `unlock`; 403 when an administrator locked it.
    package func unlockServer(_ id: String) async throws { try await act(["unlock": .null], on: id) }
}
