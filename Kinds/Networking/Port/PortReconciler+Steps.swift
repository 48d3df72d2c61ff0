// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources

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
            return Steps([Step(.create, .create, #"create port "\#(name)" in network "\#(observed.spec.network)""#)])
        }
        let changes = observed.changes(from: port, name: name)
        guard !changes.isEmpty else { return Steps() }
        let summary = #"change \#(changes.keys.joined(separator: ", ")) of port "\#(name)""#
        return Steps([Step(.change, .change(id: port.id, .object(changes)), summary)])
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
    fileprivate func changes(from port: Neutron.Port, name: String) -> JSONObject {
        var changes = JSONObject()
        if port.name != name { changes["name"] = .string(name) }
        if let fixedIPs = spec.fixedIPs, !fits(fixedIPs, port.fixedIPs) {
            changes["fixed_ips"] = .array(fixedIPs.map { (try? JSON(encoding: native($0))) ?? [:] })
        }
        if spec.portSecurity != (port.isPortSecurityEnabled ?? true) {
            changes["port_security_enabled"] = .bool(spec.portSecurity)
            if !spec.portSecurity { changes["security_groups"] = [] }
        }
        if spec.portSecurity, let groupIDs, Set(groupIDs) != Set(port.securityGroups ?? []) {
            changes["security_groups"] = .array(groupIDs.map(JSON.string))
        }
        if !fits(spec.allowedAddressPairs ?? [], port) {
            changes["allowed_address_pairs"] = .array(
                (spec.allowedAddressPairs ?? []).map { pair in
                    (try? JSON(encoding: Neutron.AddressPair(ipAddress: pair.address, macAddress: pair.macAddress)))
                        ?? [:]
                })
        }
        return changes
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

extension Neutron.Port {
    /// The server that it belongs to.
    fileprivate var server: String? {
        guard deviceOwner?.hasPrefix("compute:") == true, let deviceID, !deviceID.isEmpty else { return nil }
        return deviceID
    }
}
