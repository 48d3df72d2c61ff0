// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Neutron {
    /// Lists ports: `GET /v2.0/ports`, all pages.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#list-ports
    package func ports(_ query: Query = [:]) async throws -> [Port] {
        try await list("ports", "/ports", query)
    }

    /// Shows a port: `GET /v2.0/ports/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#show-port-details
    package func port(_ id: String) async throws -> Port {
        try await show("port", "/ports/\(id)")
    }

    /// Makes a port: `POST /v2.0/ports`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#create-port
    package func createPort(
        _ port: NewPort, native: JSONObject = JSONObject()
    ) async throws -> Port {
        try await create("port", "/ports", port, native)
    }

    /// Changes a port: `PUT /v2.0/ports/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#update-port
    package func updatePort(_ id: String, _ changes: JSON) async throws -> Port {
        try await update("port", "/ports/\(id)", changes)
    }

    /// Deletes a port: `DELETE /v2.0/ports/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#delete-port
    package func deletePort(_ id: String) async throws {
        try await delete("port", "/ports/\(id)")
    }
}
