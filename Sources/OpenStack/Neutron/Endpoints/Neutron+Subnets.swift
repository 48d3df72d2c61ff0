// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Neutron {
    /// Lists subnets: `GET /v2.0/subnets`, all pages.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#list-subnets
    package func subnets(_ query: Query = [:]) async throws -> [Subnet] {
        try await list("subnets", "/subnets", query)
    }

    /// Shows a subnet: `GET /v2.0/subnets/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#show-subnet-details
    package func subnet(_ id: String) async throws -> Subnet {
        try await show("subnet", "/subnets/\(id)")
    }

    /// Makes a subnet: `POST /v2.0/subnets`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#create-subnet
    package func createSubnet(
        _ subnet: NewSubnet, native: JSONObject = JSONObject()
    ) async throws -> Subnet {
        try await create("subnet", "/subnets", subnet, native)
    }

    /// Changes a subnet: `PUT /v2.0/subnets/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#update-subnet
    package func updateSubnet(_ id: String, _ changes: JSON) async throws -> Subnet {
        try await update("subnet", "/subnets/\(id)", changes)
    }

    /// Deletes a subnet: `DELETE /v2.0/subnets/{id}`; 409 while ports have its addresses.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#delete-subnet
    package func deleteSubnet(_ id: String) async throws {
        try await delete("subnet", "/subnets/\(id)")
    }
}
