// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// Makes a server at its site what its object says.
///
/// What it needs of other kinds it asks for as objects: the project and keys at the site, the default network, a Port for
/// each network. The server itself and its floating IP it makes at the site.
struct VirtualMachineReconciler: Reconciler {
    enum Change: Hashable, Sendable {
        case askForProject
        case askForKey(field: String)
        case createDefaultNetwork
        case shareDefaultNetwork
        case createPort(VirtualMachinePort)
        case changeGroups(port: VirtualMachinePort)
        case deletePort(ObjectKey)
        case createServer
        case deleteServer(id: String)
        case start
        case stop
        case setMetadata(id: String, [String: String])
        case attachVolume(VirtualMachineStatus.Volume)
        case detachVolume(VirtualMachineStatus.Volume)
        /// For the first of the server's ports.
        case createFloatingIP(network: String)
        case deleteFloatingIP(id: String)
    }

    let cloud: VirtualMachineCloud
    let client: any ObjectClient

    var type: ResourceType { VirtualMachine.type }
    var reportsDrift: Bool { true }

    func references(of object: Object) -> [Reference] {
        guard let spec = try? (object.spec ?? [:]).decode(VirtualMachineSpec.self) else {
            return SitedKind.references(site: object.spec?["site"]?.string ?? "", of: object)
        }
        // A server that is there goes on when something that it was made of is changed.
        let need: Reference.Need = object.status?["id"] == nil ? .ready : .optional
        let presence: Reference.Need = object.status?["id"] == nil ? .present : .optional
        var references = SitedKind.references(site: spec.site, of: object)
        func add(_ field: String, _ type: ResourceType, _ name: String, _ need: Reference.Need) {
            references.append(SitedKind.reference(field, type, named: name, of: object, need: need))
        }
        for (index, interface) in (spec.networks ?? []).enumerated() {
            if let name = interface.network { add("spec.networks[\(index)].network", .network, name, need) }
            if let name = interface.port { add("spec.networks[\(index)].port", .port, name, need) }
        }
        if (spec.networks ?? []).isEmpty {
            add(VirtualMachineSpec.defaultNetworkField, .network, spec.defaultNetwork, .optional)
        }
        for (index, name) in (spec.securityGroups ?? []).enumerated() {
            add("spec.securityGroups[\(index)]", .securityGroup, name, need)
        }
        for (index, name) in (spec.sshKeys ?? []).enumerated() {
            add(VirtualMachineSpec.keyField(index), .sshKey, name, presence)
        }
        for (index, volume) in (spec.volumes ?? []).enumerated() {
            add(VirtualMachineSpec.volumeField(index), .volume, volume.name, need)
        }
        if let secret = spec.userDataFrom?.secret {
            add(VirtualMachineSpec.secretField, .secret, secret.name, presence)
        }
        return references
    }

    func status(_ input: PassInput, _ observed: VirtualMachineObserved) -> JSONObject {
        let server = observed.server
        let recorded = observed.recorded
        let ports = observed.ports.map { VirtualMachineStatus.Port(name: $0.key.name, id: observed.portID($0)) }
        var status = VirtualMachineStatus(
            id: server?.id ?? (observed.isGone ? recorded.id : nil), site: observed.spec.site,
            state: server?.status.rawValue, powerState: server?.power, addresses: server?.addressList)
        status.flavor = server?.flavor.map { .init(name: $0.name, vcpus: $0.vcpus, ramMiB: $0.ram) }
        status.image = server?.image?.id
        status.ports = ports.isEmpty ? nil : ports
        status.volumes = observed.shownVolumes(input)
        status.floatingIPID = observed.floatingIPs.first?.id
        status.fault = observed.fault
        return (try? JSON(encoding: status))?.object ?? JSONObject()
    }
}

extension VirtualMachineSpec {
    static let defaultNetworkField = "spec.networks"
    static let secretField = "spec.userDataFrom.secret.name"
    static func keyField(_ index: Int) -> String { "spec.sshKeys[\(index)]" }

    /// The Network object of those that name none.
    var defaultNetwork: String { "default-\(site)" }
}

extension Nova.Server {
    /// Nova says it in numbers: 1 runs, 4 is shut down.
    fileprivate var power: String? {
        switch powerState {
        case 1: "Running"
        case 4: "Stopped"
        case nil: nil
        default: "Unknown"
        }
    }

    fileprivate var addressList: [VirtualMachineStatus.Address]? {
        let list = (addresses ?? [:]).sorted { $0.key < $1.key }.flatMap { network, addresses in
            addresses.map {
                VirtualMachineStatus.Address(
                    network: network, address: $0.address, type: $0.type, mac: $0.macAddress)
            }
        }
        return list.isEmpty ? nil : list
    }
}
