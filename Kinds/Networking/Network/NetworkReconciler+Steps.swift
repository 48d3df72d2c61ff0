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
            let step = Step(.ask, Change.askForProject, observed.place.askSummary)
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
            + routers.map { router in
                let found = router.gateway?.networkID ?? "a router"
                return Step(
                    .delete, .deleteRouter(id: router.id), "delete router \(router.id)",
                    differences: [Difference("spec.externalNetwork", wanted: "None", found: found)])
            }
            + unwanted.map { subnet in
                var step = deletion(subnet)
                let found = "\(subnet.name ?? subnet.id) (\(subnet.cidr))"
                step.differences = [Difference("spec.subnets", wanted: "nothing more", found: found)]
                return step
            }
    }

    private func network(_ input: PassInput, _ observed: NetworkObserved) -> [Step<Change>] {
        let name = input.object.metadata.name
        guard let network = observed.networks.first else {
            let difference = Difference("status.id", wanted: "a network", found: "nothing")
            return [Step(.create, .createNetwork, #"create network "\#(name)""#, differences: [difference])]
        }
        var changes: [FieldChange] = []
        if network.name != name, !observed.isImported {
            changes.append(
                FieldChange("name", to: .string(name), field: "metadata.name", wanted: name, found: network.name))
        }
        if let mtu = observed.spec.mtu, network.mtu != mtu {
            let value = JSON.integer(Int64(mtu))
            let found = network.mtu.map(String.init)
            changes.append(FieldChange("mtu", to: value, field: "spec.mtu", wanted: String(mtu), found: found))
        }
        guard !changes.isEmpty else { return [] }
        let summary = #"change \#(changes.names) of network "\#(name)""#
        return [
            Step(
                .change, .changeNetwork(id: network.id, changes.body), summary, differences: changes.differences)
        ]
    }

    private func subnets(_ observed: NetworkObserved) -> [Step<Change>] {
        observed.spec.subnets.compactMap { wanted in
            guard let subnet = observed.subnet(wanted) else {
                let difference = Difference(wanted.field, wanted: wanted.cidr, found: "nothing")
                return Step(
                    .create, .createSubnet(wanted), #"create subnet "\#(wanted.name)" (\#(wanted.cidr))"#,
                    differences: [difference])
            }
            let changes = wanted.changes(from: subnet)
            guard !changes.isEmpty else { return nil }
            let summary = #"change \#(changes.names) of subnet "\#(wanted.name)""#
            return Step(
                .change, .changeSubnet(id: subnet.id, changes.body), summary, differences: changes.differences)
        }
    }

    private func router(_ observed: NetworkObserved) -> [Step<Change>] {
        guard let external = observed.wantedExternal else { return [] }
        return gateway(external, observed)
            + observed.spec.subnets.compactMap { wanted in
                let id = observed.subnet(wanted)?.id
                guard IPRange(wanted.cidr)?.version == 4, !observed.interfaces.contains(where: { $0.subnet == id })
                else {
                    return nil
                }
                let difference = Difference("spec.externalNetwork", wanted: "to \(wanted.name)", found: "no way there")
                return Step(
                    .create, .addInterface(subnet: wanted.name), #"put the router into subnet "\#(wanted.name)""#,
                    differences: [difference])
            }
    }

    private func gateway(_ external: String, _ observed: NetworkObserved) -> [Step<Change>] {
        let router = observed.routers.first
        guard router == nil || router?.gateway?.networkID != external else { return [] }
        let difference = Difference(
            "spec.externalNetwork", wanted: observed.spec.externalNetwork, found: router?.gateway?.networkID ?? "none")
        guard let router else {
            let summary = "create router to \(observed.spec.externalNetwork)"
            return [Step(.create, .createRouter(external: external), summary, differences: [difference])]
        }
        let change: JSON = ["external_gateway_info": ["network_id": .string(external)]]
        return [
            Step(
                .change, .changeRouter(id: router.id, change), "lead the router to \(external)",
                differences: [difference])
        ]
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
    func changes(from subnet: Neutron.Subnet) -> [FieldChange] {
        var changes: [FieldChange] = []
        func change(_ member: String, _ value: JSON, _ name: String, _ wanted: String, _ found: String?) {
            changes.append(FieldChange(member, to: value, field: "\(field).\(name)", wanted: wanted, found: found))
        }
        let (wanted, found) = (dnsServers ?? [], subnet.dnsNameservers ?? [])
        if wanted != found {
            change("dns_nameservers", .array(wanted.map(JSON.string)), "dnsServers", words(wanted), words(found))
        }
        if let gateway, IPAddress(gateway) != subnet.gatewayIP.flatMap({ IPAddress($0) }) {
            change("gateway_ip", .string(gateway), "gateway", gateway, subnet.gatewayIP)
        }
        let dhcp = dhcp ?? true
        if dhcp != subnet.enableDHCP {
            change("enable_dhcp", .bool(dhcp), "dhcp", "\(dhcp)", subnet.enableDHCP.map { "\($0)" })
        }
        if let pools = allocationPools, Set(pools.map(\.range)) != Set((subnet.allocationPools ?? []).map(\.range)) {
            let value = pools.map { ["start": .string($0.start), "end": .string($0.end)] as JSON }
            change(
                "allocation_pools", .array(value), "allocationPools", words(pools.map { "\($0.start)-\($0.end)" }),
                words((subnet.allocationPools ?? []).map { "\($0.start)-\($0.end)" }))
        }
        return changes
    }

    /// Its path in the object.
    fileprivate var field: String { "spec.subnets[\(name)]" }

    private func words(_ list: [String]) -> String { list.isEmpty ? "none" : list.joined(separator: ", ") }
}

extension NetworkSpec.Pool {
    fileprivate var range: [IPAddress?] { [IPAddress(start), IPAddress(end)] }
}

extension Neutron.AllocationPool {
    fileprivate var range: [IPAddress?] { [IPAddress(start), IPAddress(end)] }
}
