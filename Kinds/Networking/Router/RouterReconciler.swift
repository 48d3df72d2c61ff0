// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// Makes a router at its site what its object says.
struct RouterReconciler: Reconciler {
    enum Change: Hashable, Sendable {
        case askForProject
        case create(external: String?)
        case change(id: String, JSON)
        case delete(id: String)
        case addInterface(RouterObserved.Place)
        case removeInterface(RouterObserved.Interface)
        case setRoutes([Neutron.Route])
    }

    let cloud: RouterCloud
    let client: any ObjectClient

    var type: ResourceType { Router.type }
    var reportsDrift: Bool { true }

    func references(of object: Object) -> [Reference] { Self.references(of: object) }

    /// The site, the project and the Networks.
    static func references(of object: Object) -> [Reference] {
        // A Network that loses a subnet is not ready until a router that is there has left it.
        let need: Reference.Need = object.status?["id"] == nil ? .ready : .present
        let networks = (object.spec?["networks"]?.array ?? []).map { $0["network"]?.string ?? "" }
        return SitedKind.references(site: object.spec?["site"]?.string ?? "", of: object)
            + networks.enumerated().map {
                SitedKind.reference(field($0), .network, named: $1, of: object, need: need)
            }
    }

    static func field(_ index: Int) -> String { "spec.networks[\(index)].network" }

    func perform(
        _ step: Step<Change>, _ input: PassInput, _ observed: RouterObserved
    ) async throws -> RouterObserved {
        let place = observed.place
        var world = observed
        switch step.change {
        case .askForProject:
            try await place.ask(input.references["metadata.namespace"], through: client)
            world.standing = .asked
        case .create(let external):
            let gateway = external.map { Neutron.Gateway(networkID: $0, enableSNAT: observed.spec.snat) }
            let router = Neutron.NewRouter(
                name: input.object.metadata.name, description: input.mark, gateway: gateway)
            world.routers = [try await cloud.createRouter(place, router)]
        case .change(let id, let changes): world.replace(try await cloud.updateRouter(place, id, changes))
        case .setRoutes(let routes):
            guard let router = world.routers.first, let value = try? JSON(encoding: routes) else { break }
            world.replace(try await cloud.updateRouter(place, router.id, ["routes": value]))
        case .addInterface(let wanted):
            guard let router = world.routers.first else { break }
            try await cloud.addInterface(place, router.id, wanted.id)
            world.interfaces.append(.init(router: router.id, subnet: wanted.id))
        case .delete(let id):
            try await Finding.gone { try await cloud.deleteRouter(place, id) }
            world.routers.removeAll { $0.id == id }
        case .removeInterface(let interface):
            try await Finding.gone { try await cloud.removeInterface(place, interface.router, interface.subnet) }
            world.interfaces.removeAll { $0 == interface }
        }
        return world
    }

    func status(_ input: PassInput, _ observed: RouterObserved) -> JSONObject {
        let router = observed.routers.first
        let interfaces = observed.interfaces.filter { $0.router == router?.id }.map { interface in
            let place = observed.known.first { $0.id == interface.subnet }
            return RouterStatus.Interface(
                network: place?.network ?? "", subnet: place?.subnet ?? interface.subnet, subnetID: interface.subnet)
        }.sorted { ($0.network, $0.subnet) < ($1.network, $1.subnet) }
        let status = RouterStatus(
            id: router?.id, site: observed.place.site, state: router?.status,
            externalNetworkID: router?.gateway?.networkID,
            externalAddresses: router?.gateway?.externalFixedIPs?.compactMap(\.ipAddress),
            snat: router?.gateway?.enableSNAT, interfaces: interfaces.isEmpty ? nil : interfaces)
        return (try? JSON(encoding: status))?.object ?? JSONObject()
    }
}

extension RouterObserved {
    fileprivate mutating func replace(_ router: Neutron.Router) {
        routers = routers.map { $0.id == router.id ? router : $0 }
    }
}
