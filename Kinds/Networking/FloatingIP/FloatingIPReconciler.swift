// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// What was found of a floating IP at its site.
struct FloatingIPObserved: Sendable {
    var spec: FloatingIPSpec
    var place: ProjectAtSite
    var standing: ProjectAtSite.Standing
    var external: ExternalNetwork
    /// Neutron's id of the port that it shall lead to; absent when it shall lead nowhere.
    var port: String?
    /// Ours by id or mark; more than one only after a double.
    var addresses: [Neutron.FloatingIP] = []
    /// The Router through which it leads to its port, by its name.
    var router: String?
}

/// Makes a floating IP at its site what its object says.
struct FloatingIPReconciler: Reconciler {
    enum Change: Hashable, Sendable {
        case askForProject
        case create(network: String, port: String?)
        case change(id: String, JSON)
        /// Leaves it to the project, without the object's mark.
        case release(id: String)
        case delete(id: String)
    }

    let cloud: FloatingIPCloud
    let client: any ObjectClient

    var type: ResourceType { FloatingIP.type }
    var reportsDrift: Bool { true }

    func references(of object: Object) -> [Reference] {
        SitedKind.references(site: object.spec?["site"]?.string ?? "", of: object)
            + Self.portReferences(of: object)
            + [object.spec?["virtualMachine"]?.string].compactMap(\.self).map {
                SitedKind.reference("spec.virtualMachine", .virtualMachine, named: $0, of: object)
            }
    }

    /// The Port that it names.
    static func portReferences(of object: Object) -> [Reference] {
        [object.spec?["port"]?.string].compactMap(\.self).map {
            SitedKind.reference("spec.port", .port, named: $0, of: object)
        }
    }

    /// The Router that it cannot do without, from its status.
    static func routerReferences(of object: Object) -> [Reference] {
        [object.status?["router"]?.string].compactMap(\.self).map {
            SitedKind.reference("status.router", .router, named: $0, of: object)
        }
    }

    func status(_ input: PassInput, _ observed: FloatingIPObserved) -> JSONObject {
        let address = observed.addresses.first
        let status = FloatingIPStatus(
            id: address?.id, site: observed.place.site, state: address?.status?.rawValue, address: address?.address,
            externalNetworkID: address?.networkID, portID: address?.portID, fixedAddress: address?.fixedIPAddress,
            router: observed.router)
        return (try? JSON(encoding: status))?.object ?? JSONObject()
    }

    func perform(
        _ step: Step<Change>, _ input: PassInput, _ observed: FloatingIPObserved
    ) async throws -> FloatingIPObserved {
        let place = observed.place
        var world = observed
        switch step.change {
        case .askForProject:
            try await place.ask(input.references["metadata.namespace"], through: client)
            world.standing = .asked
        case .create(let network, let port):
            var address = Neutron.NewFloatingIP(networkID: network, description: input.mark, portID: port)
            address.address = observed.spec.address
            address.fixedIPAddress = port == nil ? nil : observed.spec.fixedAddress
            let wish = address
            world.addresses = [try await routed { try await cloud.create(place, wish) }]
        case .change(let id, let changes):
            world.addresses = [try await routed { try await cloud.update(place, id, changes) }]
        case .release(let id):
            _ = try await Finding.existing { try await cloud.update(place, id, ["description": ""]) }
            world.addresses.removeAll { $0.id == id }
        case .delete(let id):
            try await Finding.gone { try await cloud.delete(place, id) }
            world.addresses.removeAll { $0.id == id }
        }
        world.router = try await router(of: world, input)
        return world
    }

    private func routed(_ call: () async throws -> Neutron.FloatingIP) async throws -> Neutron.FloatingIP {
        do { return try await call() } catch { throw NotRouted(error) ?? error }
    }
}

extension FloatingIPReconciler {
    func observe(_ input: PassInput) async throws -> FloatingIPObserved {
        let spec = try (input.object.spec ?? [:]).decode(FloatingIPSpec.self)
        let status = try (input.object.status ?? [:]).decode(FloatingIPStatus.self)
        let place = ProjectAtSite(site: spec.site, of: input.object)
        var observed = FloatingIPObserved(
            spec: spec, place: place, standing: place.standing(of: input.references["metadata.namespace"]),
            external: ExternalNetwork(spec.externalNetwork, at: input.references["spec.site"]),
            port: spec.port(input.references))
        let isNew = status.id == nil && input.intent == nil
        if isNew, observed.standing != .ready || input.object.isDeleting { return observed }
        var finding = Finding(input)
        observed.addresses = try await finding.ownThings(type, id: status.id, through: client) {
            try await cloud.floatingIP(place, $0)
        } marked: {
            try await cloud.floatingIPs(place, ["description": input.mark])
        }
        try finding.confirm()
        observed.router = try await router(of: observed, input)
        return observed
    }

    /// The Router object that has the id which Neutron names.
    private func router(of observed: FloatingIPObserved, _ input: PassInput) async throws -> String? {
        guard let id = observed.addresses.first?.routerID else { return nil }
        let object = input.object
        return try await client.list(.router, ListQuery(Scope(.one(object.organization)))).items.first {
            $0.status?["id"]?.string == id && $0.metadata.namespace == object.metadata.namespace
        }?.metadata.name
    }
}

extension FloatingIPSpec {
    /// Neutron's id of the port that is meant.
    fileprivate func port(_ references: [String: Object]) -> String? {
        if port != nil { return references["spec.port"]?.status?["id"]?.string }
        let ports = references["spec.virtualMachine"]?.status?["ports"]?.array ?? []
        let index = interface ?? 0
        return ports.indices.contains(index) ? ports[index]["id"]?.string : nil
    }
}
