// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// What was found of a network at its site.
struct NetworkObserved: Sendable {
    /// A router's place in a subnet.
    struct Interface: Hashable, Sendable {
        var router: String
        var subnet: String
    }

    var spec: NetworkSpec
    var place: ProjectAtSite
    var standing: ProjectAtSite.Standing
    var external: ExternalNetwork
    /// Ours by id or mark; more than one only after a double.
    var networks: [Neutron.Network] = []
    var subnets: [Neutron.Subnet] = []
    var routers: [Neutron.Router] = []
    var interfaces: [Interface] = []
    /// The network was somebody else's before: all that is in it is the object's, and keeps its name.
    var isImported = false

    /// The subnet of a name that fits the spec's range.
    func subnet(_ wanted: NetworkSpec.Subnet) -> Neutron.Subnet? {
        subnets.first { $0.name == wanted.name && IPRange($0.cidr) == IPRange(wanted.cidr) }
    }

    /// The subnets that the spec does not name.
    var unwanted: [Neutron.Subnet] {
        let wanted = spec.subnets.compactMap { subnet($0)?.id }
        return subnets.filter { !wanted.contains($0.id) }
    }
}

extension NetworkReconciler {
    func observe(_ input: PassInput) async throws -> NetworkObserved {
        let spec = try (input.object.spec ?? [:]).decode(NetworkSpec.self)
        let status = try (input.object.status ?? [:]).decode(NetworkStatus.self)
        let place = ProjectAtSite(site: spec.site, of: input.object)
        var observed = NetworkObserved(
            spec: spec, place: place, standing: place.standing(of: input.references["metadata.namespace"]),
            external: ExternalNetwork(spec.externalNetwork, at: input.references["spec.site"]))
        let isNew = status.id == nil && input.intent == nil && status.routerID == nil
        if isNew, observed.standing != .ready || input.object.isDeleting { return observed }
        var finding = Finding(input)
        observed.networks = try await finding.ownThings(type, id: status.id, through: client) {
            try await cloud.network(place, $0)
        } marked: {
            try await cloud.networks(place, ["description": input.mark])
        }
        observed.isImported = observed.networks.first?.carries(input.mark) == false
        try await observeSubnets(input, &observed, &finding, recorded: status.subnets ?? [])
        try await observeRouters(input, &observed, &finding, recorded: status.routerID)
        try finding.confirm()
        return observed
    }

    /// Those with the mark, or all of an imported network, and the recorded ones that such a list may miss.
    private func observeSubnets(
        _ input: PassInput, _ observed: inout NetworkObserved, _ finding: inout Finding,
        recorded: [NetworkStatus.Subnet]
    ) async throws {
        let place = observed.place
        let query: Query =
            if observed.isImported, let network = observed.networks.first {
                ["network_id": network.id]
            } else {
                ["description": input.mark]
            }
        observed.subnets = try await cloud.subnets(place, query)
        for record in recorded where !observed.subnets.contains(where: { $0.id == record.id }) {
            let subnet = try await finding.thing(record.id) { try await cloud.subnet(place, $0) }
            observed.subnets += [subnet].compactMap(\.self)
        }
    }

    private func observeRouters(
        _ input: PassInput, _ observed: inout NetworkObserved, _ finding: inout Finding, recorded: String?
    ) async throws {
        let place = observed.place
        observed.routers = try await finding.things(id: recorded) {
            try await cloud.router(place, $0)
        } marked: {
            try await cloud.routers(place, ["description": input.mark])
        }
        if observed.isImported, observed.routers.isEmpty { observed.routers = try await routers(in: observed) }
        for router in observed.routers {
            let subnets = try await interfaces(["device_id": router.id], place)
                .flatMap { $0.fixedIPs.compactMap(\.subnetID) }
            observed.interfaces += subnets.map { .init(router: router.id, subnet: $0) }
        }
    }

    /// The router of an imported network, when it serves no other network and is no other object's.
    private func routers(in observed: NetworkObserved) async throws -> [Neutron.Router] {
        guard let network = observed.networks.first else { return [] }
        let place = observed.place
        let ids = Set(try await interfaces(["network_id": network.id], place).compactMap(\.deviceID))
        guard ids.count == 1, let id = ids.first,
            try await interfaces(["device_id": id], place).allSatisfy({ $0.networkID == network.id }),
            let router = try await Finding.existing({ try await cloud.router(place, id) }), !router.carries("scs:")
        else { return [] }
        return [router]
    }

    /// The ports by which routers are in subnets.
    private func interfaces(_ query: Query, _ place: ProjectAtSite) async throws -> [Neutron.Port] {
        // Distributed and highly available routers have interfaces of other owners, all named so.
        try await cloud.ports(place, query).filter { $0.deviceOwner?.contains("router_interface") == true }
    }
}
