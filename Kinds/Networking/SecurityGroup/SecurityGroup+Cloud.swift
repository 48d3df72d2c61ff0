// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import SiteKinds

/// The calls that a security group needs at its site.
struct SecurityGroupCloud: Sendable {
    var group: @Sendable (ProjectAtSite, String) async throws -> Neutron.SecurityGroup
    var groups: @Sendable (ProjectAtSite, Query) async throws -> [Neutron.SecurityGroup]
    var createGroup: @Sendable (ProjectAtSite, Neutron.NewSecurityGroup) async throws -> Neutron.SecurityGroup
    var updateGroup: @Sendable (ProjectAtSite, String, JSON) async throws -> Neutron.SecurityGroup
    var deleteGroup: @Sendable (ProjectAtSite, String) async throws -> Void
    var createRule: @Sendable (ProjectAtSite, Neutron.NewSecurityGroupRule) async throws -> Neutron.SecurityGroupRule
    var deleteRule: @Sendable (ProjectAtSite, String) async throws -> Void
}

extension SecurityGroupCloud {
    /// The calls as the real services answer them.
    static func live(_ clouds: CloudDirectory) -> SecurityGroupCloud {
        SecurityGroupCloud(
            group: { try await clouds.project($0).neutron.securityGroup($1) },
            groups: { try await clouds.project($0).neutron.securityGroups($1) },
            createGroup: { try await clouds.project($0).neutron.createSecurityGroup($1) },
            updateGroup: { try await clouds.project($0).neutron.updateSecurityGroup($1, $2) },
            deleteGroup: { try await clouds.project($0).neutron.deleteSecurityGroup($1) },
            createRule: { try await clouds.project($0).neutron.createSecurityGroupRule($1) },
            deleteRule: { try await clouds.project($0).neutron.deleteSecurityGroupRule($1) })
    }
}
