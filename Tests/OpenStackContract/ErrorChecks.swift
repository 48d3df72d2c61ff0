// SPDX-License-Identifier: Apache-2.0

import OpenStack

extension ContractCheck {
    static let errors = [
        ContractCheck("what is not there is 404 in each service's own words", absentIs404),
        ContractCheck("what only an administrator may do is 403", administrationIs403),
    ]

    private static func absentIs404(_ site: ContractSite) async throws {
        let id = "00000000-0000-4000-8000-000000000000"
        let errors = [
            try await site.refusal("an absent server", .notFound, status: 404) { try await site.nova.server(id) },
            try await site.refusal("an absent network", .notFound, status: 404) { try await site.neutron.network(id) },
            try await site.refusal("an absent image", .notFound, status: 404) { try await site.glance.image(id) },
            try await site.refusal("an absent volume", .notFound, status: 404) { try await site.cinder.volume(id) },
        ]
        for error in errors {
            try require(error.said.contains(id), "the service names what it does not find: \(error)")
            try require(!error.said.contains("<"), "the message is text: \(error)")
            _ = try require(error.requestID, "the service names the request: \(error)")
        }
    }

    private static func administrationIs403(_ site: ContractSite) async throws {
        let error = try await site.refusal("a list over all projects", .forbidden, status: 403) {
            try await site.nova.servers(["all_tenants": "1"])
        }
        try require(!error.isTransient, "a policy's no is terminal")
        _ = try await site.refusal("making a project as a member", .forbidden, status: 403) {
            try await site.keystone.createProject(.init(name: "contract"))
        }
    }
}
