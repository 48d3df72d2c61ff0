// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// One plug of a server: the Port object behind it.
struct VirtualMachinePort: Hashable, Sendable {
    var key: ObjectKey
    /// The Network object in which it is made; absent for a Port that somebody else made.
    var network: String?
    var address: String?
    var securityGroups: [String]?

    var isOwn: Bool { network != nil }
}

/// What was found of a server at its site, and of the objects that it needs.
struct VirtualMachineObserved: Sendable {
    var spec: VirtualMachineSpec
    var recorded: VirtualMachineStatus
    var place: ProjectAtSite
    var standing: ProjectAtSite.Standing
    /// In the order of the server's interfaces.
    var ports: [VirtualMachinePort]
    /// The Port objects that are there.
    var portObjects: [ObjectKey: Object] = [:]
    /// The Network object of a server that names none.
    var defaultNetwork: Object?
    /// Ours by id or mark, the one to keep first; more than one only after a double.
    var servers: [Nova.Server] = []
    var floatingIPs: [Neutron.FloatingIP] = []
    /// Cinder's ids of what this pass asked to take out; Nova takes a moment for it.
    var detaching: Set<String> = []
    /// Why there is no working server.
    var fault: VirtualMachineStatus.Fault?
    /// The server was there once and is not now.
    var isGone = false
    /// The user asked to try again since the fault.
    var isRetrying = false

    var server: Nova.Server? { servers.first }
    var usesDefaultNetwork: Bool { (spec.networks ?? []).isEmpty }

    /// Neutron's id of a Port.
    func portID(_ port: VirtualMachinePort) -> String? { portObjects[port.key]?.status?["id"]?.string }
}

extension VirtualMachineReconciler {
    func observe(_ input: PassInput) async throws -> VirtualMachineObserved {
        let spec = try (input.object.spec ?? [:]).decode(VirtualMachineSpec.self)
        let recorded = try (input.object.status ?? [:]).decode(VirtualMachineStatus.self)
        let place = ProjectAtSite(site: spec.site, of: input.object)
        var observed = VirtualMachineObserved(
            spec: spec, recorded: recorded, place: place,
            standing: place.standing(of: input.references["metadata.namespace"]),
            ports: spec.ports(of: input.object))
        try await observeObjects(input, &observed)
        let isNew = recorded.id == nil && recorded.floatingIPID == nil && recorded.fault == nil && input.intent == nil
        if isNew, observed.standing != .ready || input.object.isDeleting { return observed }
        var finding = Finding(input)
        observed.servers = try await servers(input, observed, &finding)
        if spec.floatingIP != nil || recorded.floatingIPID != nil || input.object.isDeleting {
            observed.floatingIPs = try await finding.things(id: recorded.floatingIPID) {
                try await cloud.floatingIP(place, $0)
            } marked: {
                try await cloud.floatingIPs(place, ["description": input.mark])
            }
        }
        try finding.confirm()
        try await observeFault(input, &observed)
        return observed
    }

    /// Read through the client and not from the mirror, which may not know yet what the last pass wrote.
    private func observeObjects(_ input: PassInput, _ observed: inout VirtualMachineObserved) async throws {
        for port in observed.ports {
            observed.portObjects[port.key] = try await client.find(.port, port.key)
        }
        guard observed.usesDefaultNetwork, !input.object.isDeleting else { return }
        observed.defaultNetwork = try await client.find(.network, observed.defaultNetworkKey(input.object))
    }

    /// The one with the recorded id, and those with the mark when the id does not answer the question.
    private func servers(
        _ input: PassInput, _ observed: VirtualMachineObserved, _ finding: inout Finding
    ) async throws -> [Nova.Server] {
        let place = observed.place
        // What is known to be gone is not looked for again, but by its mark.
        let id = observed.recorded.fault?.reason == "Gone" ? nil : observed.recorded.id
        let servers = try await finding.ownThings(type, id: id, through: client) {
            try await cloud.server(place, $0)
        } marked: {
            try await cloud.servers(place, ["tags": input.mark])
        }
        if let unknown = servers.first(where: { $0.status == .unknown }) {
            throw OpenStackError(
                .serviceFailed, operation: "show server",
                said: "the site cannot say how server \(unknown.id) is, as a part of its compute service is down")
        }
        let own = servers.filter { $0.status != .deleted && $0.status != .softDeleted }
        let holders = Set(observed.ports.compactMap { observed.portObjects[$0.key]?.status?["deviceID"]?.string })
        return own.sorted { left, right in rank(left, holders) < rank(right, holders) }
    }

    /// Smaller is better to keep: running first, then holding one of our ports, then the older one.
    private func rank(_ server: Nova.Server, _ holders: Set<String>) -> (Int, Int, String, String) {
        let health = server.status == .error ? 2 : server.status == .build ? 1 : 0
        return (health, holders.contains(server.id) ? 0 : 1, server.created ?? "", server.id)
    }
}

// MARK: - Faults

extension VirtualMachineReconciler {
    private func observeFault(_ input: PassInput, _ observed: inout VirtualMachineObserved) async throws {
        let metadata = input.object.metadata
        let retry = metadata.annotations[VirtualMachine.retryAnnotation]
        let recorded = observed.recorded.fault
        if let server = observed.server {
            guard server.status == .error else { return }
            if recorded?.serverID == server.id {
                observed.fault = recorded
            } else {
                observed.fault = try await fault(of: server, input, observed.place, retry)
            }
        } else if let recorded {
            observed.fault = recorded
            observed.isGone = observed.recorded.id != nil
        } else if let id = observed.recorded.id {
            observed.isGone = true
            observed.fault = VirtualMachineStatus.Fault(
                reason: "Gone", message: "server \(id) is no longer there; somebody deleted it outside",
                serverID: id, generation: metadata.generation, retry: retry)
        }
        guard let fault = observed.fault else { return }
        observed.isRetrying = fault.generation != metadata.generation || fault.retry != retry
    }

    /// Nova's own words, and the id of the request that failed.
    private func fault(
        of server: Nova.Server, _ input: PassInput, _ place: ProjectAtSite, _ retry: String?
    ) async throws -> VirtualMachineStatus.Fault {
        let actions = try await Finding.existing { try await cloud.actions(place, server.id) } ?? []
        let failed = actions.first { $0.message != nil } ?? actions.first
        return VirtualMachineStatus.Fault(
            reason: "ServerError", message: String((server.fault?.message ?? "Nova says no more").prefix(1024)),
            requestID: failed?.requestID, serverID: server.id, generation: input.object.metadata.generation,
            retry: retry)
    }
}

extension VirtualMachineObserved {
    func defaultNetworkKey(_ object: Object) -> ObjectKey {
        ObjectKey(
            organization: object.organization, namespace: object.metadata.namespace, name: spec.defaultNetwork)
    }
}

extension VirtualMachineSpec {
    /// The Port objects of a server: one made for each network, and those that were named.
    func ports(of object: Object) -> [VirtualMachinePort] {
        let interfaces = (networks ?? []).isEmpty ? [Interface(network: defaultNetwork)] : networks ?? []
        return interfaces.enumerated().map { index, interface in
            let name = interface.port ?? "\(object.metadata.name)-\(index)"
            let key = ObjectKey(organization: object.organization, namespace: object.metadata.namespace, name: name)
            guard let network = interface.network else { return VirtualMachinePort(key: key) }
            return VirtualMachinePort(
                key: key, network: network, address: interface.address, securityGroups: securityGroups)
        }
    }
}
