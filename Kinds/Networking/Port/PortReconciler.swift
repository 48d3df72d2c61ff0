// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// What was found of a port at its site.
struct PortObserved: Sendable {
    var spec: PortSpec
    var place: ProjectAtSite
    var network: NetworkStatus
    /// Neutron's ids of the groups; absent when the spec names none.
    var groupIDs: [String]?
    /// Ours by id or mark; more than one only after a double.
    var ports: [Neutron.Port] = []
}

/// Makes a port at its Network's site what its object says.
struct PortReconciler: Reconciler {
    enum Change: Hashable, Sendable {
        case create
        case change(id: String, JSON)
        case delete(id: String)
    }

    let cloud: PortCloud
    let client: any ObjectClient

    var type: ResourceType { Port.type }
    var reportsDrift: Bool { true }

    func references(of object: Object) -> [Reference] { Self.references(of: object) }

    /// The Network and the SecurityGroups; the site comes from the Network.
    static func references(of object: Object) -> [Reference] {
        let network = object.spec?["network"]?.string ?? ""
        let groups = (object.spec?["securityGroups"]?.array ?? []).compactMap(\.string)
        return [SitedKind.reference("spec.network", .network, named: network, of: object)]
            + groups.enumerated().map {
                SitedKind.reference("spec.securityGroups[\($0)]", .securityGroup, named: $1, of: object)
            }
    }

    func observe(_ input: PassInput) async throws -> PortObserved {
        let spec = try (input.object.spec ?? [:]).decode(PortSpec.self)
        let status = try (input.object.status ?? [:]).decode(PortStatus.self)
        let network = input.references["spec.network"]
        let site = status.site ?? network?.spec?["site"]?.string ?? ""
        let groups = spec.securityGroups?.indices.compactMap {
            input.references["spec.securityGroups[\($0)]"]?.status?["id"]?.string
        }
        var observed = PortObserved(
            spec: spec, place: ProjectAtSite(site: site, of: input.object),
            network: try (network?.status ?? [:]).decode(NetworkStatus.self), groupIDs: groups)
        // Nothing was ever asked for, so there is nothing to look for, perhaps not even a site.
        if input.object.isDeleting, status.id == nil, input.intent == nil { return observed }
        let place = observed.place
        var finding = Finding(input)
        observed.ports = try await finding.ownThings(type, id: status.id, through: client) {
            try await cloud.port(place, $0)
        } marked: {
            try await cloud.ports(place, ["description": input.mark])
        }
        try finding.confirm()
        return observed
    }

    func perform(_ step: Step<Change>, _ input: PassInput, _ observed: PortObserved) async throws -> PortObserved {
        var world = observed
        switch step.change {
        case .create:
            let (port, native) = newPort(input, observed)
            world.ports = [try await cloud.createPort(observed.place, port, native)]
        case .change(let id, let changes):
            world.ports = [try await cloud.updatePort(observed.place, id, changes)]
        case .delete(let id):
            try await Finding.gone { try await cloud.deletePort(observed.place, id) }
            world.ports.removeAll { $0.id == id }
        }
        return world
    }

    private func newPort(_ input: PassInput, _ observed: PortObserved) -> (Neutron.NewPort, JSONObject) {
        let spec = observed.spec
        var port = Neutron.NewPort(
            networkID: observed.network.id ?? "", name: input.object.metadata.name, description: input.mark,
            securityGroups: spec.portSecurity ? observed.groupIDs : [])
        port.fixedIPs = spec.fixedIPs.map { $0.map(observed.native) }
        port.macAddress = spec.macAddress
        port.allowedAddressPairs = spec.allowedAddressPairs.map { pairs in
            pairs.map { Neutron.AddressPair(ipAddress: $0.address, macAddress: $0.macAddress) }
        }
        // Said only when it is off, as a site may not let members say it at all.
        let native = spec.portSecurity ? [] : [("port_security_enabled", JSON.bool(false))]
        return (port, JSONObject(native))
    }

    func status(_ input: PassInput, _ observed: PortObserved) -> JSONObject {
        let port = observed.ports.first
        let addresses = port?.fixedIPs.map { fixed in
            let name = observed.network.subnets?.first { $0.id == fixed.subnetID }?.name
            return PortStatus.Address(address: fixed.ipAddress ?? "", subnet: name ?? fixed.subnetID ?? "")
        }
        let device = port?.deviceID.flatMap { $0.isEmpty ? nil : $0 }
        let status = PortStatus(
            id: port?.id, site: observed.place.site, state: port?.status?.rawValue, macAddress: port?.macAddress,
            addresses: addresses, deviceID: device)
        return (try? JSON(encoding: status))?.object ?? JSONObject()
    }
}
