// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension NetworkReconciler {
    func steps(_ input: PassInput, _ observed: NetworkObserved) -> Steps<Change> {
        if input.object.isDeleting { return Steps(deletion(observed), then: .gone) }
        let project = input.references["metadata.namespace"]
        switch observed.standing {
        case .ready: break
        case .asked: return Steps(then: observed.place.waiting(for: project))
        case .unasked:
            let step = Step(.change, Change.askForProject, observed.place.askSummary)
            return Steps([step], then: observed.place.waiting(for: project))
        }
        let steps = removals(observed) + network(input, observed) + subnets(observed)
        if case .unclear(let message) = observed.external, observed.keptExternal == nil {
            let rejection = Rejection(reason: "ExternalNetworkNotOffered", message: message, fixer: .you)
            return Steps(steps, then: .rejected(rejection))
        }
        return Steps(steps + router(observed))
    }

    private func deletion(_ observed: NetworkObserved) -> [Step<Change>] {
        observed.interfaces.map { interface in
            Step(.delete, .removeInterface(interface), "take router \(interface.router) out of \(interface.subnet)")
        }
            + observed.routers.map { Step(.delete, .deleteRouter(id: $0.id), "delete router \($0.id)") }
            + observed.subnets.map { deletion($0) }
            + observed.networks.map { Step(.delete, .deleteNetwork(id: $0.id), "delete network \($0.id)") }
    }

    private func deletion(_ subnet: Neutron.Subnet) -> Step<Change> {
        Step(.delete, .deleteSubnet(id: subnet.id), #"delete subnet "\#(subnet.name ?? subnet.id)" (\#(subnet.cidr))"#)
    }

    /// What the spec no longer names goes first, as a new range may overlap with it.
    private func removals(_ observed: NetworkObserved) -> [Step<Change>] {
        let unwanted = observed.unwanted
        let isRouterUnwanted = observed.external == .none
        let interfaces = observed.interfaces.filter { interface in
            isRouterUnwanted || unwanted.contains { $0.id == interface.subnet }
        }
        let routers = isRouterUnwanted ? observed.routers : []
        return interfaces.map { interface in
            let name = observed.subnets.first { $0.id == interface.subnet }?.name ?? interface.subnet
            return Step(.delete, .removeInterface(interface), #"take the router out of subnet "\#(name)""#)
        }
            + routers.map { Step(.delete, .deleteRouter(id: $0.id), "delete router \($0.id)") }
            + unwanted.map { deletion($0) }
    }

    private func network(_ input: PassInput, _ observed: NetworkObserved) -> [Step<Change>] {
        let name = input.object.metadata.name
        guard let network = observed.networks.first else {
            return [Step(.create, .createNetwork, #"create network "\#(name)""#)]
        }
        var changes: [(String, JSON)] = []
        if network.name != name { changes.append(("name", .string(name))) }
        if let mtu = observed.spec.mtu, network.mtu != mtu { changes.append(("mtu", .integer(Int64(mtu)))) }
        guard !changes.isEmpty else { return [] }
        let summary = #"change \#(changes.map(\.0).joined(separator: ", ")) of network "\#(name)""#
        return [Step(.change, .changeNetwork(id: network.id, .object(JSONObject(changes))), summary)]
    }

    private func subnets(_ observed: NetworkObserved) -> [Step<Change>] {
        observed.spec.subnets.compactMap { wanted in
            guard let subnet = observed.subnet(wanted) else {
                return Step(
                    .create, .createSubnet(wanted), #"create subnet "\#(wanted.name)" (\#(wanted.cidr))"#)
            }
            let changes = wanted.changes(from: subnet)
            guard !changes.isEmpty else { return nil }
            let summary = #"change \#(changes.keys.joined(separator: ", ")) of subnet "\#(wanted.name)""#
            return Step(.change, .changeSubnet(id: subnet.id, .object(changes)), summary)
        }
    }

    private func router(_ observed: NetworkObserved) -> [Step<Change>] {
        guard let external = observed.wantedExternal else { return [] }
        var steps: [Step<Change>] = []
        if let router = observed.routers.first {
            if router.gateway?.networkID != external {
                let change: JSON = ["external_gateway_info": ["network_id": .string(external)]]
                steps.append(Step(.change, .changeRouter(id: router.id, change), "lead the router to \(external)"))
            }
        } else {
            steps.append(
                Step(.create, .createRouter(external: external), "create router to \(observed.spec.externalNetwork)"))
        }
        for wanted in observed.spec.subnets where IPRange(wanted.cidr)?.version == 4 {
            let id = observed.subnet(wanted)?.id
            guard !observed.interfaces.contains(where: { $0.subnet == id }) else { continue }
            let summary = #"put the router into subnet "\#(wanted.name)""#
            steps.append(Step(.create, .addInterface(subnet: wanted.name), summary))
        }
        return steps
    }
}

extension NetworkObserved {
    /// With `Automatic`, the external network that was once chosen stays.
    fileprivate var keptExternal: String? {
        spec.externalNetwork == "Automatic" ? routers.first?.gateway?.networkID : nil
    }

    fileprivate var wantedExternal: String? {
        if let keptExternal { return keptExternal }
        return if case .id(let id) = external { id } else { nil }
    }
}

extension NetworkSpec.Subnet {
    /// What Neutron must change; fields that the spec leaves out are Neutron's own choice.
    func changes(from subnet: Neutron.Subnet) -> JSONObject {
        var changes = JSONObject()
        if (dnsServers ?? []) != (subnet.dnsNameservers ?? []) {
            changes["dns_nameservers"] = .array((dnsServers ?? []).map(JSON.string))
        }
        if let gateway, IPAddress(gateway) != subnet.gatewayIP.flatMap({ IPAddress($0) }) {
            changes["gateway_ip"] = .string(gateway)
        }
        if (dhcp ?? true) != subnet.enableDHCP { changes["enable_dhcp"] = .bool(dhcp ?? true) }
        if let pools = allocationPools, Set(pools.map(\.range)) != Set((subnet.allocationPools ?? []).map(\.range)) {
            changes["allocation_pools"] = .array(
                pools.map { ["start": .string($0.start), "end": .string($0.end)] })
        }
        return changes
    }
}

extension NetworkSpec.Pool {
    fileprivate var range: [IPAddress?] { [IPAddress(start), IPAddress(end)] }
}

extension Neutron.AllocationPool {
    fileprivate var range: [IPAddress?] { [IPAddress(start), IPAddress(end)] }
}
