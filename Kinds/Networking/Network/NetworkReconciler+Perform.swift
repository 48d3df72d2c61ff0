// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension NetworkReconciler {
    func perform(
        _ step: Step<Change>, _ input: PassInput, _ observed: NetworkObserved
    ) async throws -> NetworkObserved {
        let place = observed.place
        var world = observed
        switch step.change {
        case .askForProject:
            try await place.ask(input.references["metadata.namespace"], through: client)
            world.standing = .asked
        case .createNetwork: world.networks = [try await createNetwork(input, observed)]
        case .changeNetwork(let id, let changes): try await cloud.updateNetwork(place, id, changes)
        case .createSubnet(let wanted): world.subnets.append(try await createSubnet(wanted, input, observed))
        case .changeSubnet(let id, let changes): try await cloud.updateSubnet(place, id, changes)
        case .createRouter(let external):
            let router = Neutron.NewRouter(
                name: input.object.metadata.name, description: input.mark, gateway: .init(networkID: external))
            world.routers = [try await cloud.createRouter(place, router)]
        case .changeRouter(let id, let changes): try await cloud.updateRouter(place, id, changes)
        case .addInterface(let name): try await addInterface(name, &world)
        case .deleteNetwork, .deleteSubnet, .deleteRouter, .removeInterface:
            try await delete(step.change, &world)
        }
        guard step.verb == .change else { return world }
        return try await observe(input)
    }

    private func delete(_ change: Change, _ world: inout NetworkObserved) async throws {
        let place = world.place
        switch change {
        case .deleteNetwork(let id):
            try await Finding.gone { try await cloud.deleteNetwork(place, id) }
            world.networks.removeAll { $0.id == id }
        case .deleteSubnet(let id):
            try await Finding.gone { try await cloud.deleteSubnet(place, id) }
            world.subnets.removeAll { $0.id == id }
        case .deleteRouter(let id):
            try await Finding.gone { try await cloud.deleteRouter(place, id) }
            world.routers.removeAll { $0.id == id }
        case .removeInterface(let interface):
            try await Finding.gone { try await cloud.removeInterface(place, interface.router, interface.subnet) }
            world.interfaces.removeAll { $0 == interface }
        default: break
        }
    }

    private func createNetwork(_ input: PassInput, _ observed: NetworkObserved) async throws -> Neutron.Network {
        let network = Neutron.NewNetwork(
            name: input.object.metadata.name, description: input.mark, mtu: observed.spec.mtu)
        let isSecured = observed.spec.openstack?.portSecurityEnabled
        let native = isSecured.map { JSONObject([("port_security_enabled", .bool($0))]) }
        return try await cloud.createNetwork(observed.place, network, native ?? JSONObject())
    }

    private func createSubnet(
        _ wanted: NetworkSpec.Subnet, _ input: PassInput, _ observed: NetworkObserved
    ) async throws -> Neutron.Subnet {
        let version = IPRange(wanted.cidr)?.version ?? 4
        var subnet = Neutron.NewSubnet(
            networkID: observed.networks.first?.id ?? "", cidr: wanted.cidr, ipVersion: version,
            description: input.mark)
        subnet.name = wanted.name
        subnet.gatewayIP = wanted.gateway
        subnet.enableDHCP = wanted.dhcp ?? true
        subnet.dnsNameservers = wanted.dnsServers
        subnet.allocationPools = wanted.allocationPools?.map { .init(start: $0.start, end: $0.end) }
        if version == 6, wanted.dhcp ?? true {
            subnet.ipv6AddressMode = "slaac"
            subnet.ipv6RAMode = "slaac"
        }
        return try await cloud.createSubnet(observed.place, subnet)
    }

    private func addInterface(_ name: String, _ world: inout NetworkObserved) async throws {
        guard let wanted = world.spec.subnets.first(where: { $0.name == name }), let subnet = world.subnet(wanted),
            let router = world.routers.first
        else { return }
        try await cloud.addInterface(world.place, router.id, subnet.id)
        world.interfaces.append(.init(router: router.id, subnet: subnet.id))
    }
}
