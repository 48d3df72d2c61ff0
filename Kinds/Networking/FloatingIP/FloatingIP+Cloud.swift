// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import SiteKinds

/// The calls that a floating IP needs at its site.
struct FloatingIPCloud: Sendable {
    var floatingIP: @Sendable (ProjectAtSite, String) async throws -> Neutron.FloatingIP
    var floatingIPs: @Sendable (ProjectAtSite, Query) async throws -> [Neutron.FloatingIP]
    var create: @Sendable (ProjectAtSite, Neutron.NewFloatingIP) async throws -> Neutron.FloatingIP
    var update: @Sendable (ProjectAtSite, String, JSON) async throws -> Neutron.FloatingIP
    var delete: @Sendable (ProjectAtSite, String) async throws -> Void
}

extension FloatingIPCloud {
    /// The calls as the real services answer them.
    static func live(_ clouds: CloudDirectory) -> FloatingIPCloud {
        FloatingIPCloud(
            floatingIP: { try await clouds.project($0).neutron.floatingIP($1) },
            floatingIPs: { try await clouds.project($0).neutron.floatingIPs($1) },
            create: { try await clouds.project($0).neutron.createFloatingIP($1) },
            update: { try await clouds.project($0).neutron.updateFloatingIP($1, $2) },
            delete: { try await clouds.project($0).neutron.deleteFloatingIP($1) })
    }
}

/// No router leads from the port's subnet to the external network, yet; a router may come, so it is tried again.
struct NotRouted: PassError {
    let message: String

    /// Absent for every other failure.
    init?(_ error: any Error) {
        guard let error = error as? OpenStackError, error.type == "ExternalGatewayForFloatingIPNotFound" else {
            return nil
        }
        message = "\(error.message); put a Router between the port's Network and the external network"
    }

    var isAmbiguous: Bool { false }
    var rejection: Rejection? { nil }
    var diagnosis: Rejection? { Rejection(reason: "NotRouted", message: message, fixer: .you) }
    var retryAfter: Duration? { nil }
}
