// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Neutron {
    /// Lists networks: `GET /v2.0/networks`, all pages.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#list-networks
    package func networks(_ query: Query = [:]) async throws -> [Network] {
        try await list("networks", "/networks", query)
    }

    /// Shows a network: `GET /v2.0/networks/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#show-network-details
    package func network(_ id: String) async throws -> Network {
        try await show("network", "/networks/\(id)")
    }

    /// Makes a network: `POST /v2.0/networks`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#create-network
    package func createNetwork(
        _ network: NewNetwork, native: JSONObject = JSONObject()
    ) async throws -> Network {
        try await create("network", "/networks", network, native)
    }

    /// Changes a network: `PUT /v2.0/networks/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#update-network
    package func updateNetwork(_ id: String, _ changes: JSON) async throws -> Network {
        try await update("network", "/networks/\(id)", changes)
    }

    /// Deletes a network: `DELETE /v2.0/networks/{id}`; 409 while ports are in it.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#delete-network
    package func deleteNetwork(_ id: String) async throws {
        try await delete("network", "/networks/\(id)")
    }
}
