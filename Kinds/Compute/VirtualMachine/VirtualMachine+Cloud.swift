// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import SiteKinds

/// The calls that a server needs at its site.
struct VirtualMachineCloud: Sendable {
    typealias Act = @Sendable (ProjectAtSite, String) async throws -> Void

    var server: @Sendable (ProjectAtSite, String) async throws -> Nova.Server
    var servers: @Sendable (ProjectAtSite, Query) async throws -> [Nova.Server]
    /// The new server's id.
    var createServer: @Sendable (ProjectAtSite, Nova.NewServer) async throws -> String
    var deleteServer: Act
    var startServer: Act
    var stopServer: Act
    var setMetadata: @Sendable (ProjectAtSite, String, [String: String]) async throws -> Void
    /// The server, then the volume.
    var attachVolume: @Sendable (ProjectAtSite, String, String) async throws -> Void
    var detachVolume: @Sendable (ProjectAtSite, String, String) async throws -> Void
    /// What was done to a server, the newest first.
    var actions: @Sendable (ProjectAtSite, String) async throws -> [Nova.InstanceAction]

    var floatingIP: @Sendable (ProjectAtSite, String) async throws -> Neutron.FloatingIP
    var floatingIPs: @Sendable (ProjectAtSite, Query) async throws -> [Neutron.FloatingIP]
    var createFloatingIP: @Sendable (ProjectAtSite, Neutron.NewFloatingIP) async throws -> Neutron.FloatingIP
    var deleteFloatingIP: Act
}

extension VirtualMachineCloud {
    /// The calls as the real services answer them.
    static func live(_ clouds: CloudDirectory) -> VirtualMachineCloud {
        VirtualMachineCloud(
            server: { try await clouds.project($0).nova.server($1) },
            servers: { try await clouds.project($0).nova.servers($1) },
            createServer: { try await clouds.project($0).nova.createServer($1).id },
            deleteServer: { try await clouds.project($0).nova.deleteServer($1) },
            startServer: { try await clouds.project($0).nova.startServer($1) },
            stopServer: { try await clouds.project($0).nova.stopServer($1) },
            setMetadata: { try await clouds.project($0).nova.setMetadata($2, ofServer: $1) },
            attachVolume: { _ = try await clouds.project($0).nova.attachVolume($2, toServer: $1) },
            detachVolume: { try await clouds.project($0).nova.detachVolume($2, fromServer: $1) },
            actions: { try await clouds.project($0).nova.actions(ofServer: $1) },
            floatingIP: { try await clouds.project($0).neutron.floatingIP($1) },
            floatingIPs: { try await clouds.project($0).neutron.floatingIPs($1) },
            createFloatingIP: { try await clouds.project($0).neutron.createFloatingIP($1) },
            deleteFloatingIP: { try await clouds.project($0).neutron.deleteFloatingIP($1) })
    }
}
