// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Neutron {
    /// Lists routers: `GET /v2.0/routers`, all pages.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#list-routers
    package func routers(_ query: Query = [:]) async throws -> [Router] {
        try await list("routers", "/routers", query)
    }

    /// Shows a router: `GET /v2.0/routers/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#show-router-details
    package func router(_ id: String) async throws -> Router {
        try await show("router", "/routers/\(id)")
    }

    /// Makes a router: `POST /v2.0/routers`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#create-router
    package func createRouter(
        _ router: NewRouter, native: JSONObject = JSONObject()
    ) async throws -> Router {
        try await create("router", "/routers", router, native)
    }

    /// Changes a router: `PUT /v2.0/routers/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#update-router
    package func updateRouter(_ id: String, _ changes: JSON) async throws -> Router {
        try await update("router", "/routers/\(id)", changes)
    }

    /// Deletes a router: `DELETE /v2.0/routers/{id}`; 409 while it has interfaces.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#delete-router
    package func deleteRouter(_ id: String) async throws {
        try await delete("router", "/routers/\(id)")
    }

    private struct InterfaceBody: Decodable {
        var port_id: String
        var subnet_id: String
    }

    /// What a router has in a subnet.
    package struct RouterInterface: Hashable, Sendable {
        package var port: String
        package var subnet: String
    }

    /// Adds an interface: `PUT /v2.0/routers/{id}/add_router_interface`; 400 when the router is in the subnet already.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#add-interface-to-router
    package func addInterface(ofSubnet subnet: String, toRouter id: String) async throws -> RouterInterface {
        try await changeInterface("add", "/routers/\(id)/add_router_interface", subnet, isIdempotent: false)
    }

    /// Removes an interface: `PUT /v2.0/routers/{id}/remove_router_interface`.
    ///
    /// 404 when it has none there, 409 while a floating IP needs it.
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#remove-interface-from-router
    @discardableResult
    package func removeInterface(ofSubnet subnet: String, fromRouter id: String) async throws -> RouterInterface {
        try await changeInterface("remove", "/routers/\(id)/remove_router_interface", subnet, isIdempotent: true)
    }

    private func changeInterface(
        _ verb: String, _ path: CallPath, _ subnet: String, isIdempotent: Bool
    ) async throws -> RouterInterface {
        let call = Call(
            "\(verb) router interface", .network, .put, path, body: ["subnet_id": .string(subnet)],
            isIdempotent: isIdempotent)
        let answer = try await session.send(call)
        let body = try answer.decode(InterfaceBody.self)
        return RouterInterface(port: body.port_id, subnet: body.subnet_id)
    }
}
