// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// Makes a network at its site what its object says.
struct NetworkReconciler: Reconciler {
    enum Change: Hashable, Sendable {
        case askForProject
        case createNetwork
        case changeNetwork(id: String, JSON)
        case deleteNetwork(id: String)
        case createSubnet(NetworkSpec.Subnet)
        case changeSubnet(id: String, JSON)
        case deleteSubnet(id: String)
        case createRouter(external: String)
        case changeRouter(id: String, JSON)
        case deleteRouter(id: String)
        /// By the subnet's name, as it may not exist yet when the plan is made.
        case addInterface(subnet: String)
        case removeInterface(NetworkObserved.Interface)
    }

    let cloud: NetworkCloud
    let client: any ObjectClient

    var type: ResourceType { Network.type }
    var reportsDrift: Bool { true }

    func references(of object: Object) -> [Reference] {
        SitedKind.references(site: object.spec?["site"]?.string ?? "", of: object)
    }

    func status(_ input: PassInput, _ observed: NetworkObserved) -> JSONObject {
        let network = observed.networks.first
        let router = observed.routers.first
        let subnets = observed.subnets.map { NetworkStatus.Subnet(name: $0.name ?? "", id: $0.id, cidr: $0.cidr) }
            .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        let status = NetworkStatus(
            id: network?.id, site: observed.place.site, state: network?.status, mtu: network?.mtu,
            subnets: subnets.isEmpty ? nil : subnets, routerID: router?.id,
            externalNetworkID: router?.gateway?.networkID)
        return (try? JSON(encoding: status))?.object ?? JSONObject()
    }
}
