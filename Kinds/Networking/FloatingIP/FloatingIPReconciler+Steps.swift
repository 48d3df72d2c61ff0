// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension FloatingIPReconciler {
    func steps(_ input: PassInput, _ observed: FloatingIPObserved) -> Steps<Change> {
        if input.object.isDeleting { return Steps(deletion(input, observed), then: .gone) }
        let project = input.references["metadata.namespace"]
        switch observed.standing {
        case .ready: break
        case .asked: return Steps(then: observed.place.waiting(for: project))
        case .unasked:
            let step = Step(.ask, Change.askForProject, observed.place.askSummary)
            return Steps([step], then: observed.place.waiting(for: project))
        }
        if let missing = observed.missingPort {
            return Steps(then: .rejected(Rejection(reason: "InterfaceNotFound", message: missing, fixer: .you)))
        }
        let name = input.object.metadata.name
        guard let address = observed.addresses.first else { return creation(name, observed) }
        if let other = observed.elsewhere(address) { return Steps(then: .rejected(other)) }
        let changes = observed.changes(from: address)
        guard !changes.isEmpty else { return Steps() }
        let summary = #"lead floating IP "\#(name)" to \#(observed.target)"#
        return Steps([
            Step(.change, .change(id: address.id, changes.body), summary, differences: changes.differences)
        ])
    }

    private func creation(_ name: String, _ observed: FloatingIPObserved) -> Steps<Change> {
        guard case .id(let network) = observed.external else {
            let rejection = Rejection(
                reason: "ExternalNetworkNotOffered", message: observed.external.message, fixer: .you)
            return Steps(then: .rejected(rejection))
        }
        let difference = Difference("status.id", wanted: "a floating IP", found: "nothing")
        return Steps([
            Step(
                .create, .create(network: network, port: observed.port), #"create floating IP "\#(name)""#,
                differences: [difference])
        ])
    }

    private func deletion(_ input: PassInput, _ observed: FloatingIPObserved) -> [Step<Change>] {
        guard observed.spec.deletionPolicy == .retain else {
            return observed.addresses.map {
                Step(.delete, .delete(id: $0.id), "delete floating IP \($0.address)")
            }
        }
        return observed.addresses.filter { $0.carries(input.mark) }.map {
            Step(.change, .release(id: $0.id), "leave floating IP \($0.address) to the project")
        }
    }
}

extension FloatingIPObserved {
    /// What it is to lead to, for a summary.
    fileprivate var target: String {
        if let port = spec.port { return #"Port "\#(port)""# }
        return spec.virtualMachine.map { #"VirtualMachine "\#($0)""# } ?? "nothing"
    }

    /// Why the port that is meant cannot be told; absent when it can.
    fileprivate var missingPort: String? {
        guard port == nil, spec.port != nil || spec.virtualMachine != nil else { return nil }
        return "\(target) has no port \(spec.interface ?? 0) at the site; name another interface"
    }

    /// Why an address that was taken over is not what the spec says of fields that cannot change.
    fileprivate func elsewhere(_ address: Neutron.FloatingIP) -> Rejection? {
        let isOther = spec.address.map { IPAddress($0) != IPAddress(address.address) } ?? false
        guard isOther else { return nil }
        let message = "floating IP \(address.id) has the address \(address.address); name that one"
        return Rejection(reason: "AddressDiffers", message: message, fixer: .you)
    }

    /// One call moves it from port to port, so that there is no moment in which it leads nowhere.
    fileprivate func changes(from address: Neutron.FloatingIP) -> [FieldChange] {
        let isOtherAddress =
            spec.fixedAddress.map { IPAddress($0) != address.fixedIPAddress.flatMap { IPAddress($0) } } ?? false
        guard port != address.portID || isOtherAddress else { return [] }
        let field =
            port == address.portID
            ? "spec.fixedAddress" : spec.virtualMachine == nil ? "spec.port" : "spec.virtualMachine"
        var changes = [
            FieldChange(
                "port_id", to: port.map(JSON.string) ?? .null, field: field, wanted: target,
                found: address.portID.map { "port \($0)" })
        ]
        if port != nil, let wanted = spec.fixedAddress {
            changes.append(
                FieldChange(
                    "fixed_ip_address", to: .string(wanted), field: "spec.fixedAddress", wanted: wanted,
                    found: address.fixedIPAddress))
        }
        return changes
    }
}

extension ExternalNetwork {
    fileprivate var message: String {
        if case .unclear(let message) = self { message } else { "a floating IP needs an external network" }
    }
}
