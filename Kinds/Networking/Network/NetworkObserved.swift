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
        observed.networks = try await Finding.things(input, id: status.id) {
            try await cloud.network(place, $0)
        } marked: {
            try await cloud.networks(place, ["description": input.mark])
        }
        observed.subnets = try await subnets(input, place, recorded: status.subnets ?? [])
        try await observeRouters(input, &observed, recorded: status.routerID)
        return observed
    }

    /// Those with the mark, and the recorded ones that such a list may miss.
    private func subnets(
        _ input: PassInput, _ place: ProjectAtSite, recorded: [NetworkStatus.Subnet]
    ) async throws -> [Neutron.Subnet] {
        var subnets = try await cloud.subnets(place, ["description": input.mark])
        for record in recorded where !subnets.contains(where: { $0.id == record.id }) {
            if let subnet = try await Finding.existing({ try await cloud.subnet(place, record.id) }) {
                subnets.append(subnet)
            }
        }
        return subnets
    }

    private func observeRouters(
        _ input: PassInput, _ observed: inout NetworkObserved, recorded: String?
    ) async throws {
        let place = observed.place
        observed.routers = try await Finding.things(input, id: recorded) {
            try await cloud.router(place, $0)
        } marked: {
            try await cloud.routers(place, ["description": input.mark])
        }
        for router in observed.routers {
            // Distributed and highly available routers have interfaces of other owners, all named so.
            let ports = try await cloud.ports(place, ["device_id": router.id])
            let subnets = ports.filter { $0.deviceOwner?.contains("router_interface") == true }
                .flatMap { $0.fixedIPs.compactMap(\.subnetID) }
            observed.interfaces += subnets.map { .init(router: router.id, subnet: $0) }
        }
    }
}
