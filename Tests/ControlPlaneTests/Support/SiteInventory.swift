// SPDX-License-Identifier: Apache-2.0

import OpenStack
import RESTClient

/// What a project holds at a site, asked of the site itself and not of us.
struct SiteInventory: Sendable {
    private let project: CloudProject

    /// - Parameter cloudsFile: the text of a clouds.yaml.
    init(cloudsFile: String, cloud name: String) throws {
        let cloud = try Cloud(cloudsFile: cloudsFile, name: name)
        let transport = try HTTPTransport(.init(trust: cloud.trust))
        let connection = SiteConnection(name: "inventory", cloud: cloud, transport: RetryingTransport(transport))
        project = CloudProject(Session(connection, credential: cloud.credential, scope: cloud.scope))
    }

    /// Everything that a machine and its surroundings could leave, each as `kind id`.
    func everything() async throws -> Set<String> {
        var all = Set(try await project.nova.servers().map { "server \($0.id)" })
        all.formUnion(try await project.nova.keypairs().map { "keypair \($0.name)" })
        all.formUnion(try await project.neutron.networks().map { "network \($0.id)" })
        all.formUnion(try await project.neutron.routers().map { "router \($0.id)" })
        all.formUnion(try await project.neutron.ports().map { "port \($0.id)" })
        all.formUnion(try await project.neutron.securityGroups().map { "security group \($0.id)" })
        all.formUnion(try await project.neutron.floatingIPs().map { "floating IP \($0.id)" })
        all.formUnion(try await project.cinder.volumes().map { "volume \($0.id)" })
        all.formUnion(try await project.cinder.snapshots().map { "snapshot \($0.id)" })
        return all
    }
}
