// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import SiteKinds

/// The calls that a network needs at its site.
struct NetworkCloud: Sendable {
    typealias List<Thing> = @Sendable (ProjectAtSite, Query) async throws -> [Thing]
    typealias Show<Thing> = @Sendable (ProjectAtSite, String) async throws -> Thing
    typealias Change = @Sendable (ProjectAtSite, String, JSON) async throws -> Void
    typealias Delete = @Sendable (ProjectAtSite, String) async throws -> Void
    /// Of a router and a subnet.
    typealias Plug = @Sendable (ProjectAtSite, _ router: String, _ subnet: String) async throws -> Void

    var network: Show<Neutron.Network>
    var networks: List<Neutron.Network>
    var createNetwork: @Sendable (ProjectAtSite, Neutron.NewNetwork, JSONObject) async throws -> Neutron.Network
    var updateNetwork: Change
    var deleteNetwork: Delete

    var subnet: Show<Neutron.Subnet>
    var subnets: List<Neutron.Subnet>
    var createSubnet: @Sendable (ProjectAtSite, Neutron.NewSubnet) async throws -> Neutron.Subnet
    var updateSubnet: Change
    var deleteSubnet: Delete

    var router: Show<Neutron.Router>
    var routers: List<Neutron.Router>
    var createRouter: @Sendable (ProjectAtSite, Neutron.NewRouter) async throws -> Neutron.Router
    var updateRouter: Change
    var deleteRouter: Delete
    var addInterface: Plug
    var removeInterface: Plug

    var ports: List<Neutron.Port>
}

extension NetworkCloud {
    /// The calls as the real services answer them.
    static func live(_ clouds: CloudDirectory) -> NetworkCloud {
        NetworkCloud(
            network: { try await clouds.project($0).neutron.network($1) },
            networks: { try await clouds.project($0).neutron.networks($1) },
            createNetwork: { try await clouds.project($0).neutron.createNetwork($1, native: $2) },
            updateNetwork: { _ = try await clouds.project($0).neutron.updateNetwork($1, $2) },
            deleteNetwork: { try await clouds.project($0).neutron.deleteNetwork($1) },
            subnet: { try await clouds.project($0).neutron.subnet($1) },
            subnets: { try await clouds.project($0).neutron.subnets($1) },
            createSubnet: { try await clouds.project($0).neutron.createSubnet($1) },
            updateSubnet: { _ = try await clouds.project($0).neutron.updateSubnet($1, $2) },
            deleteSubnet: { try await clouds.project($0).neutron.deleteSubnet($1) },
            router: { try await clouds.project($0).neutron.router($1) },
            routers: { try await clouds.project($0).neutron.routers($1) },
            createRouter: { try await clouds.project($0).neutron.createRouter($1) },
            updateRouter: { _ = try await clouds.project($0).neutron.updateRouter($1, $2) },
            deleteRouter: { try await clouds.project($0).neutron.deleteRouter($1) },
            addInterface: { _ = try await clouds.project($0).neutron.addInterface(ofSubnet: $2, toRouter: $1) },
            removeInterface: { try await clouds.project($0).neutron.removeInterface(ofSubnet: $2, fromRouter: $1) },
            ports: { try await clouds.project($0).neutron.ports($1) })
    }
}
