// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import SiteKinds

/// The calls that a router needs at its site.
struct RouterCloud: Sendable {
    var router: @Sendable (ProjectAtSite, String) async throws -> Neutron.Router
    var routers: @Sendable (ProjectAtSite, Query) async throws -> [Neutron.Router]
    var createRouter: @Sendable (ProjectAtSite, Neutron.NewRouter) async throws -> Neutron.Router
    var updateRouter: @Sendable (ProjectAtSite, String, JSON) async throws -> Neutron.Router
    var deleteRouter: @Sendable (ProjectAtSite, String) async throws -> Void
    /// Of a router and a subnet.
    var addInterface: @Sendable (ProjectAtSite, _ router: String, _ subnet: String) async throws -> Void
    var removeInterface: @Sendable (ProjectAtSite, _ router: String, _ subnet: String) async throws -> Void
    var ports: @Sendable (ProjectAtSite, Query) async throws -> [Neutron.Port]
}

extension RouterCloud {
    /// The calls as the real services answer them.
    static func live(_ clouds: CloudDirectory) -> RouterCloud {
        RouterCloud(
            router: { try await clouds.project($0).neutron.router($1) },
            routers: { try await clouds.project($0).neutron.routers($1) },
            createRouter: { try await clouds.project($0).neutron.createRouter($1) },
            updateRouter: { try await clouds.project($0).neutron.updateRouter($1, $2) },
            deleteRouter: { try await clouds.project($0).neutron.deleteRouter($1) },
            addInterface: { _ = try await clouds.project($0).neutron.addInterface(ofSubnet: $2, toRouter: $1) },
            removeInterface: { try await clouds.project($0).neutron.removeInterface(ofSubnet: $2, fromRouter: $1) },
            ports: { try await clouds.project($0).neutron.ports($1) })
    }
}
