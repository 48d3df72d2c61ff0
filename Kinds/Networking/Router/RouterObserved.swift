// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// What was found of a router at its site.
struct RouterObserved: Sendable {
    /// A subnet of a Network in which the router has or shall have a place.
    struct Place: Hashable, Sendable {
        var network: String
        /// Its name in the Network.
        var subnet: String
        var id: String
    }

    /// A router's place in a subnet.
    struct Interface: Hashable, Sendable {
        var router: String
        var subnet: String
    }

    var spec: RouterSpec
    var place: ProjectAtSite
    var standing: ProjectAtSite.Standing
    var external: ExternalNetwork
    /// The subnets that the spec asks for.
    var wanted: [Place]
    /// All subnets of the Networks that the spec names.
    var known: [Place]
    /// Why a Network of the spec cannot be connected.
    var obstacle: Rejection?
    /// Ours by id or mark; more than one only after a double.
    var routers: [Neutron.Router] = []
    var interfaces: [Interface] = []
    /// The router was somebody else's before, and keeps its name.
    var isImported = false

    /// The names of Network and subnet, or Neutron's id of a subnet of others.
    func name(ofSubnet id: String) -> String {
        known.first { $0.id == id }.map { "\($0.network)/\($0.subnet)" } ?? id
    }
}

extension RouterReconciler {
    func observe(_ input: PassInput) async throws -> RouterObserved {
        let spec = try (input.object.spec ?? [:]).decode(RouterSpec.self)
        let status = try (input.object.status ?? [:]).decode(RouterStatus.self)
        let place = ProjectAtSite(site: spec.site, of: input.object)
        var observed = RouterObserved(
            spec: spec, place: place, standing: place.standing(of: input.references["metadata.namespace"]),
            external: ExternalNetwork(spec.externalNetwork, at: input.references["spec.site"]), wanted: [], known: [])
        try observed.look(atNetworks: input)
        let isNew = status.id == nil && input.intent == nil
        if isNew, observed.standing != .ready || input.object.isDeleting { return observed }
        var finding = Finding(input)
        observed.routers = try await finding.ownThings(type, id: status.id, through: client) {
            try await cloud.router(place, $0)
        } marked: {
            try await cloud.routers(place, ["description": input.mark])
        }
        observed.isImported = observed.routers.first?.carries(input.mark) == false
        for router in observed.routers {
            // Distributed and highly available routers have interfaces of other owners, all named so.
            let ports = try await cloud.ports(place, ["device_id": router.id])
                .filter { $0.deviceOwner?.contains("router_interface") == true }
            observed.interfaces += ports.flatMap { $0.fixedIPs.compactMap(\.subnetID) }
                .map { .init(router: router.id, subnet: $0) }
        }
        try finding.confirm()
        return observed
    }
}

extension RouterObserved {
    /// What the Networks of the spec have; a subnet that a Network is about to lose is wanted no more.
    fileprivate mutating func look(atNetworks input: PassInput) throws {
        for (index, attachment) in (spec.networks ?? []).enumerated() {
            guard let network = input.references[RouterReconciler.field(index)] else { continue }
            let status = try (network.status ?? [:]).decode(NetworkStatus.self)
            let places = (status.subnets ?? []).map {
                Place(network: attachment.network, subnet: $0.name, id: $0.id)
            }
            known += places
            let kept = (network.spec?["subnets"]?.array ?? []).compactMap { $0["name"]?.string }
            let names = attachment.subnets ?? kept
            wanted += places.filter { names.contains($0.subnet) && kept.contains($0.subnet) }
            if obstacle == nil {
                obstacle = Rejection(
                    attachment, network, hasRouter: status.routerID != nil, subnets: kept, at: spec.site)
            }
        }
    }
}

extension Rejection {
    /// Why a Network cannot be connected; absent when it can.
    fileprivate init?(
        _ attachment: RouterSpec.Attachment, _ network: Object, hasRouter: Bool, subnets: [String], at site: String
    ) {
        let name = #"Network "\#(attachment.network)""#
        if let other = network.spec?["site"]?.string, other != site {
            let message = #"\#(name) is at site "\#(other)", and the router at "\#(site)"; name Networks of one site"#
            self.init(reason: "SiteDiffers", message: message, fixer: .you)
        } else if hasRouter {
            let message = "\(name) has a router of its own; set its spec.externalNetwork to None first"
            self.init(reason: "NetworkHasRouter", message: message, fixer: .you)
        } else if let unknown = attachment.subnets?.first(where: { !subnets.contains($0) }) {
            let message = #"\#(name) has no subnet "\#(unknown)", it has \#(subnets.joined(separator: ", "))"#
            self.init(reason: "SubnetNotFound", message: message, fixer: .you)
        } else {
            return nil
        }
    }
}
