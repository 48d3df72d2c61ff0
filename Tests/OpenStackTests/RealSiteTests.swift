// SPDX-License-Identifier: Apache-2.0

import Foundation
import OpenStack
import OpenStackContract
import RESTClient
import Testing

/// A real site, named by the environment: a `clouds.yaml`, an entry of a project in it, and for the management checks an
/// entry of a domain manager.
struct RealSite: Sendable {
    static let isConfigured = value("SCS_TEST_CLOUDS_FILE") != nil && value("SCS_TEST_CLOUD") != nil
    static let isManaged = isConfigured && value("SCS_TEST_CLOUD_MANAGER") != nil

    private static func value(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

    static func open() throws -> ContractSite {
        let file = try #require(value("SCS_TEST_CLOUDS_FILE"))
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let cloud = try Cloud(cloudsFile: text, name: value("SCS_TEST_CLOUD"))
        let manager = try value("SCS_TEST_CLOUD_MANAGER").map { try Cloud(cloudsFile: text, name: $0) }
        let network = try HTTPTransport(.init(trust: cloud.trust))
        let connection = SiteConnection(name: "real", cloud: cloud, transport: RetryingTransport(network))
        return ContractSite(connection: connection, cloud: cloud, manager: manager, patience: .seconds(120))
    }
}

@Suite("The contract holds at a real site", .serialized, .timeLimit(.minutes(15)))
struct RealSiteTests {
    @Test("project", .enabled(if: RealSite.isConfigured), arguments: ContractCheck.project)
    func project(_ check: ContractCheck) async throws {
        try await check.run(try RealSite.open())
    }

    @Test("domain", .enabled(if: RealSite.isManaged), arguments: ContractCheck.domain)
    func domain(_ check: ContractCheck) async throws {
        try await check.run(try RealSite.open())
    }
}
