// SPDX-License-Identifier: Apache-2.0

import OpenStack
import OpenStackContract
import OpenStackSimulator
import RESTClient
import Testing

/// Holds the simulator to what real sites are held to, by the same checks.
@Suite("The contract holds at a simulated site", .timeLimit(.minutes(1)))
struct SimulatedSiteTests {
    @Test("project and domain", arguments: ContractCheck.project + ContractCheck.domain)
    func holds(_ check: ContractCheck) async throws {
        let site = SimulatedSite()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await site.run() }
            let file = try await site.cloudsFile
            let cloud = try Cloud(cloudsFile: file, name: "teststadt-demo")
            let manager = try Cloud(cloudsFile: file, name: "teststadt-domain-manager")
            let network = try HTTPTransport(.init(trust: cloud.trust))
            let connection = SiteConnection(name: "simulated", cloud: cloud, transport: network)
            try await check.run(
                ContractSite(connection: connection, cloud: cloud, manager: manager, interval: .milliseconds(1)))
            #expect(site.unrecorded == [])
            #expect(site.inventory == [])
            group.cancelAll()
        }
    }
}
