// SPDX-License-Identifier: Apache-2.0

extension Neutron {
    /// How many of one kind a project may have and has; a limit of -1 means without.
    package struct Quota: Codable, Hashable, Sendable {
        package var limit: Int
        package var used: Int
        package var reserved: Int?
    }

    /// Shows the quota: `GET /v2.0/quotas/{project}/details.json`; a project's quota and use, by kind (`network`, `port` …).
    ///
    /// https://docs.openstack.org/api-ref/network/v2/#show-quota-details-for-a-tenant
    package func quota(ofProject id: String) async throws -> [String: Quota] {
        try await session.one(
            Call("show quota", .network, .get, "/quotas/\(id)/details.json"), at: "quota")
    }
}
