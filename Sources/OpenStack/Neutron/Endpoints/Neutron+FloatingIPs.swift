// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Neutron {
    /// Lists floating IPs: `GET /v2.0/floatingips`, all pages.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#list-floating-ips
    package func floatingIPs(_ query: Query = [:]) async throws -> [FloatingIP] {
        try await list("floatingips", "/floatingips", query)
    }

    /// Shows a floating IP: `GET /v2.0/floatingips/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#show-floating-ip-details
    package func floatingIP(_ id: String) async throws -> FloatingIP {
        try await show("floatingip", "/floatingips/\(id)")
    }

    /// Makes a floating IP: `POST /v2.0/floatingips`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#create-floating-ip
    package func createFloatingIP(
        _ floatingIP: NewFloatingIP, native: JSONObject = JSONObject()
    ) async throws -> FloatingIP {
        try await create("floatingip", "/floatingips", floatingIP, native)
    }

    /// Changes a floating IP: `PUT /v2.0/floatingips/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#update-floating-ip
    package func updateFloatingIP(_ id: String, _ changes: JSON) async throws -> FloatingIP {
        try await update("floatingip", "/floatingips/\(id)", changes)
    }

    /// Deletes a floating IP: `DELETE /v2.0/floatingips/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#delete-floating-ip
    package func deleteFloatingIP(_ id: String) async throws {
        try await delete("floatingip", "/floatingips/\(id)")
    }
}
