// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension VirtualMachineReconciler {
    func perform(
        _ step: Step<Change>, _ input: PassInput, _ observed: VirtualMachineObserved
    ) async throws -> VirtualMachineObserved {
        var world = observed
        let place = observed.place
        switch step.change {
        case .askForProject:
            try await place.ask(input.references["metadata.namespace"], through: client)
            world.standing = .asked
        case .askForKey(let field): try await askForKey(field, input, place)
        case .createDefaultNetwork, .shareDefaultNetwork, .createPort, .changeGroups, .deletePort:
            try await write(step.change, input, &world)
        case .createServer: world.servers = [try await createServer(input, observed)]
        case .deleteServer(let id):
            try await Finding.gone { try await cloud.deleteServer(place, id) }
            if let index = world.servers.firstIndex(where: { $0.id == id }) {
                world.servers[index].taskState = "deleting"
            }
        case .start, .stop:
            guard let id = observed.server?.id else { return world }
            try await step.change == .start ? cloud.startServer(place, id) : cloud.stopServer(place, id)
            return try await observe(input)
        case .setMetadata(let id, let metadata):
            try await cloud.setMetadata(place, id, metadata)
            if let index = world.servers.firstIndex(where: { $0.id == id }) { world.servers[index].metadata = metadata }
        case .attachVolume, .detachVolume: try await changeVolume(step.change, input, &world)
        case .createFloatingIP, .deleteFloatingIP: try await changeFloatingIP(step.change, input, &world)
        }
        return world
    }

    private func changeFloatingIP(
        _ change: Change, _ input: PassInput, _ world: inout VirtualMachineObserved
    ) async throws {
        switch change {
        case .createFloatingIP(let network):
            let port = world.ports.first.flatMap { world.portID($0) } ?? ""
            world.floatingIPs = [try await createFloatingIP(network, port, input, world.place)]
        case .deleteFloatingIP(let id):
            let place = world.place
            try await Finding.gone { try await cloud.deleteFloatingIP(place, id) }
            world.floatingIPs.removeAll { $0.id == id }
        default: return
        }
        await showAddresses(&world)
    }

    /// Looks at the server again, whose addresses changed; a look that fails is made up for by the next pass.
    private func showAddresses(_ world: inout VirtualMachineObserved) async {
        guard let id = world.server?.id, let server = try? await cloud.server(world.place, id) else { return }
        world.servers[0] = server
    }

    private func askForKey(_ field: String, _ input: PassInput, _ place: ProjectAtSite) async throws {
        guard let key = input.references[field] else { return }
        try await SiteNeed.ask(for: key, .sshKey, at: place.site, through: client)
    }

    private func createFloatingIP(
        _ network: String, _ port: String, _ input: PassInput, _ place: ProjectAtSite
    ) async throws -> Neutron.FloatingIP {
        let floatingIP = Neutron.NewFloatingIP(networkID: network, description: input.mark, portID: port)
        do {
            return try await cloud.createFloatingIP(place, floatingIP)
        } catch let error as OpenStackError where error.said.contains("not reachable") {
            throw Refusal(
                reason: "NoRouter",
                message: "\(error.message); give the Network an externalNetwork, so that it has a router", fixer: .you)
        }
    }
}

// MARK: - The server

extension VirtualMachineReconciler {
    private func createServer(
        _ input: PassInput, _ observed: VirtualMachineObserved
    ) async throws -> Nova.Server {
        let server = try newServer(input, observed)
        let id = try await cloud.createServer(observed.place, server)
        return Nova.Server(id: id, name: server.name, status: .build)
    }

    /// What Nova is asked for.
    func newServer(_ input: PassInput, _ observed: VirtualMachineObserved) throws -> Nova.NewServer {
        let spec = observed.spec
        let offers = SiteOffers(input.references["spec.site"])
        guard let flavor = offers.flavor(spec.flavor), let image = offers.image(spec.image) else {
            throw Refusal(reason: "NotOffered", message: "the site no longer offers flavor or image", fixer: .you)
        }
        let ports = observed.ports.compactMap { observed.portID($0) }
        var server = Nova.NewServer(
            name: input.object.metadata.name, flavor: flavor.id, networks: ports.map { .port($0) })
        if spec.rootDisk != nil || flavor.diskGiB == 0 {
            let size = spec.rootDisk?.sizeGiB ?? max(image.minDiskGiB ?? 0, 20)
            server.blockDevices = [.rootVolume(image: image.id, size: size, type: spec.rootDisk?.type)]
        } else {
            server.image = image.id
        }
        server.tags = [input.mark]
        server.metadata = spec.novaMetadata(input)
        server.availabilityZone = spec.openstack?.availabilityZone
        server.configDrive = spec.openstack?.configDrive
        server.userData = try userData(input, spec)
        if !(spec.sshKeys ?? []).isEmpty, let key = input.references[VirtualMachineSpec.keyField(0)] {
            server.keyName = SiteNeed.id(of: key, at: spec.site)
        }
        return server
    }

    /// In base64, from the spec or a Secret; further keys come with it.
    private func userData(_ input: PassInput, _ spec: VirtualMachineSpec) throws -> String? {
        var text = spec.userData
        if let wish = spec.userDataFrom?.secret {
            let value = input.references[VirtualMachineSpec.secretField]?.tree["data"]?[wish.key]?.string
            guard let value, let decoded = UserData.text(base64: value), decoded.utf8.count <= UserData.limit else {
                let message =
                    "Secret \"\(wish.name)\" has no key \"\(wish.key)\" with text of at most \(UserData.limit) bytes"
                throw Refusal(reason: "UserDataInvalid", message: message, fixer: .you)
            }
            text = decoded
        }
        let further = (spec.sshKeys ?? []).indices.dropFirst().compactMap {
            input.references[VirtualMachineSpec.keyField($0)]?.spec?["publicKey"]?.string
        }
        guard let whole = UserData.text(text, adding: further) else {
            let message = "a second SSH key needs user data that is absent or begins with #cloud-config"
            throw Refusal(reason: "UserDataInvalid", message: message, fixer: .you)
        }
        return whole.isEmpty ? nil : UserData.base64(whole)
    }
}

extension VirtualMachineSpec {
    /// The user's metadata and our own, which an imported server does not have.
    func novaMetadata(_ input: PassInput, isImported: Bool = false) -> [String: String] {
        var metadata = metadata ?? [:]
        guard !isImported else { return metadata }
        metadata[VirtualMachine.uidMetadata] = input.object.metadata.uid ?? ""
        return metadata
    }
}

// MARK: - Objects

extension VirtualMachineReconciler {
    private func write(
        _ change: Change, _ input: PassInput, _ world: inout VirtualMachineObserved
    ) async throws {
        switch change {
        case .createDefaultNetwork:
            let network = try await created(.network, defaultNetwork(input, world))
            world.defaultNetwork = network
        case .shareDefaultNetwork: world.defaultNetwork = try await share(input, world)
        case .createPort(let port):
            world.portObjects[port.key] = try await created(.port, portObject(port, input))
        case .changeGroups(let port):
            let groups: JSON = port.securityGroups.map { .array($0.map(JSON.string)) } ?? .null
            world.portObjects[port.key] = try await client.patch(
                .port, port.key, .merge(["spec": ["securityGroups": groups]]), WriteOptions())
        case .deletePort(let key):
            do {
                try await client.delete(.port, key, DeleteOptions())
            } catch let error as APIError where error.reason == .notFound {}
            world.portObjects[key] = try await client.find(.port, key)
        default: break
        }
    }

    /// The new object, or the one of that name when another pass was faster.
    private func created(_ type: ResourceType, _ object: Object) async throws -> Object {
        do {
            return try await client.create(type, object, WriteOptions())
        } catch let error as APIError where error.reason == .alreadyExists {
            return try await client.get(type, object.key)
        }
    }

    private func defaultNetwork(_ input: PassInput, _ observed: VirtualMachineObserved) -> Object {
        let isReachable = SiteOffers(input.references["spec.site"]).externalNetworks.count == 1
        var network = Object(
            ResourceType.network.kind, key: observed.defaultNetworkKey(input.object),
            spec: [
                "site": .string(observed.spec.site), "externalNetwork": .string(isReachable ? "Automatic" : "None"),
            ])
        network.metadata.ownerReferences = [OwnerReference(to: input.object, isController: false)]
        return network
    }

    /// Adds this server to the network's owners, unless it changed meanwhile.
    private func share(_ input: PassInput, _ observed: VirtualMachineObserved) async throws -> Object? {
        guard let network = observed.defaultNetwork else { return nil }
        let owners = network.metadata.ownerReferences + [OwnerReference(to: input.object, isController: false)]
        let patch: JSON = [
            "metadata": [
                "resourceVersion": .string(network.metadata.resourceVersion ?? ""),
                "ownerReferences": .array(owners.map(\.tree)),
            ]
        ]
        return try await client.patch(.network, network.key, .merge(patch), WriteOptions())
    }

    private func portObject(_ port: VirtualMachinePort, _ input: PassInput) -> Object {
        var spec: JSON = ["network": .string(port.network ?? "")]
        if let address = port.address { spec["fixedIPs"] = [["address": .string(address)]] }
        if let groups = port.securityGroups { spec["securityGroups"] = .array(groups.map(JSON.string)) }
        var object = Object(ResourceType.port.kind, key: port.key, spec: spec)
        object.metadata.ownerReferences = [OwnerReference(to: input.object)]
        return object
    }
}
