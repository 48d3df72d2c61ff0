// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension PortReconciler {
    func steps(_ input: PassInput, _ observed: PortObserved) -> Steps<Change> {
        if input.object.isDeleting { return deletion(input, observed) }
        let name = input.object.metadata.name
        if let unknown = observed.unknownSubnet {
            let offered = (observed.network.subnets ?? []).map(\.name).joined(separator: ", ")
            let message = #"Network "\#(observed.spec.network)" has no subnet "\#(unknown)", it has \#(offered)"#
            return Steps(then: .rejected(Rejection(reason: "SubnetNotFound", message: message, fixer: .you)))
        }
        guard let port = observed.ports.first else {
            let summary = #"create port "\#(name)" in network "\#(observed.spec.network)""#
            let difference = Difference("status.id", wanted: "a port", found: "nothing")
            return Steps([Step(.create, .create, summary, differences: [difference])])
        }
        if port.networkID != observed.network.id { return Steps(then: .rejected(.otherNetwork(port, observed))) }
        let changes = observed.changes(from: port, name: port.carries(input.mark) ? name : nil)
        guard !changes.isEmpty else { return Steps() }
        let summary = #"change \#(changes.names) of port "\#(name)""#
        return Steps([
            Step(.change, .change(id: port.id, changes.body), summary, differences: changes.differences)
        ])
    }

    /// A server's port stays until the server is gone.
    private func deletion(_ input: PassInput, _ observed: PortObserved) -> Steps<Change> {
        if let server = observed.ports.compactMap(\.server).first {
            let because = "is used by the server \(server); detach or delete it first"
            return Steps(then: .polling(after: .seconds(10), because: because))
        }
        return Steps(
            observed.ports.map { Step(.delete, .delete(id: $0.id), "delete port \($0.id)") }, then: .gone)
    }
}

extension PortObserved {
    /// A subnet that the spec names and the Network has not.
    fileprivate var unknownSubnet: String? {
        let known = (network.subnets ?? []).map(\.name)
        return (spec.fixedIPs ?? []).compactMap(\.subnet).first { !known.contains($0) }
    }

    func native(_ wanted: PortSpec.FixedIP) -> Neutron.FixedIP {
        let subnet = wanted.subnet.flatMap { name in network.subnets?.first { $0.name == name }?.id }
        return Neutron.FixedIP(subnetID: subnet, ipAddress: wanted.address)
    }

    /// What Neutron must change; fields that the spec leaves out are Neutron's own choice.
    fileprivate func changes(from port: Neutron.Port, name: String?) -> [FieldChange] {
        var changes: [FieldChange] = []
        if let name, port.name != name {
            changes.append(
                FieldChange("name", to: .string(name), field: "metadata.name", wanted: name, found: port.name))
        }
        if let fixedIPs = spec.fixedIPs, !fits(fixedIPs, port.fixedIPs) {
            let value = fixedIPs.map { (try? JSON(encoding: native($0))) ?? [:] }
            changes.append(
                FieldChange(
                    "fixed_ips", to: .array(value), field: "spec.fixedIPs",
                    wanted: words(fixedIPs.map { $0.address ?? $0.subnet }),
                    found: words(port.fixedIPs.map(\.ipAddress))))
        }
        return changes + securityChanges(from: port)
    }

    private func securityChanges(from port: Neutron.Port) -> [FieldChange] {
        var changes: [FieldChange] = []
        func change(_ member: String, _ value: JSON, _ field: String, _ wanted: String, _ found: String) {
            changes.append(FieldChange(member, to: value, field: field, wanted: wanted, found: found))
        }
        let isSecured = port.isPortSecurityEnabled ?? true
        if spec.portSecurity != isSecured {
            let wanted = spec.portSecurity
            change("port_security_enabled", .bool(wanted), "spec.portSecurity", "\(wanted)", "\(isSecured)")
        }
        let groups = spec.portSecurity ? groupIDs : isSecured ? [] : nil
        if let groups, Set(groups) != Set(port.securityGroups ?? []) {
            change(
                "security_groups", .array(groups.map(JSON.string)), "spec.securityGroups", words(groups),
                words(port.securityGroups ?? []))
        }
        let pairs = spec.allowedAddressPairs ?? []
        if !fits(pairs, port) {
            let value = pairs.map { pair in
                (try? JSON(encoding: Neutron.AddressPair(ipAddress: pair.address, macAddress: pair.macAddress))) ?? [:]
            }
            change(
                "allowed_address_pairs", .array(value), "spec.allowedAddressPairs", words(pairs.map(\.address)),
                words((port.allowedAddressPairs ?? []).map(\.ipAddress)))
        }
        return changes
    }

    private func words(_ list: [String?]) -> String {
        list.isEmpty ? "none" : list.map { $0 ?? "any" }.joined(separator: ", ")
    }

    /// Whether each wish has an address of its own, and no address is without one.
    private func fits(_ wanted: [PortSpec.FixedIP], _ found: [Neutron.FixedIP]) -> Bool {
        var rest = found
        // The most exact wishes choose first.
        for wish in wanted.sorted(by: { $0.address != nil && $1.address == nil }).map(native) {
            guard
                let index = rest.firstIndex(where: { fixed in
                    (wish.subnetID == nil || wish.subnetID == fixed.subnetID)
                        && (wish.ipAddress == nil
                            || wish.ipAddress.flatMap { IPAddress($0) } == fixed.ipAddress.flatMap { IPAddress($0) })
                })
            else { return false }
            rest.remove(at: index)
        }
        return rest.isEmpty || wanted.isEmpty
    }

    private func fits(_ wanted: [PortSpec.AddressPair], _ port: Neutron.Port) -> Bool {
        let own = port.macAddress?.lowercased()
        let wishes = wanted.map { [$0.address.lowercased(), $0.macAddress?.lowercased() ?? own] }
        let found = (port.allowedAddressPairs ?? []).map {
            [$0.ipAddress.lowercased(), $0.macAddress?.lowercased() ?? own]
        }
        return Set(wishes) == Set(found)
    }
}

extension Rejection {
    /// A port cannot move: a recorded one was re-made elsewhere, or another network's was to be imported.
    fileprivate static func otherNetwork(_ port: Neutron.Port, _ observed: PortObserved) -> Rejection {
        let message =
            #"port \#(port.id) is in network \#(port.networkID), Network "\#(observed.spec.network)" is "#
            + "\(observed.network.id ?? "nothing"); name the Network that it is in"
        return Rejection(reason: "NetworkDiffers", message: message, fixer: .you)
    }
}

extension Neutron.Port {
    /// The server that it belongs to.
    fileprivate var server: String? {
        guard deviceOwner?.hasPrefix("compute:") == true, let deviceID, !deviceID.isEmpty else { return nil }
        return deviceID
    }
}
