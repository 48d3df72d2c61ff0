// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack

extension ContractCheck {
    static let routing = [
        ContractCheck("a router's interface twice is 400, and absent 404", routerInterfaceTwiceIs400),
        ContractCheck("an interface that a floating IP needs is 409", interfaceUnderFloatingIPIs409),
        ContractCheck("a floating IP moves and comes off", floatingIPMoves),
        ContractCheck("a route needs an interface, which then stays", routeNeedsInterface),
        ContractCheck("what only the provider may say of routing is 403", providersRoutingIs403),
    ]

    private static func routerInterfaceTwiceIs400(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let subnet = try await bench.subnet(in: try await bench.network())
            let router = try await bench.router()
            try require(router.gateway?.externalFixedIPs?.isEmpty == false, "the gateway has an address")
            let interface = try await bench.attach(router, to: subnet)
            let ports = try await site.neutron.ports(["device_id": router.id])
            try require(ports.contains { $0.id == interface.port }, "its port is found by the router's id")
            _ = try await site.refusal("the same interface again", .invalid, status: 400) {
                try await site.neutron.addInterface(ofSubnet: subnet.id, toRouter: router.id)
            }
            _ = try await site.refusal("deleting a router with an interface", .conflict, status: 409) {
                try await site.neutron.deleteRouter(router.id)
            }
            try await site.neutron.removeInterface(ofSubnet: subnet.id, fromRouter: router.id)
            _ = try await site.refusal("removing it twice", .notFound, status: 404) {
                try await site.neutron.removeInterface(ofSubnet: subnet.id, fromRouter: router.id)
            }
        }
    }

    private static func interfaceUnderFloatingIPIs409(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let network = try await bench.network()
            let subnet = try await bench.subnet(in: network)
            let router = try await bench.router()
            _ = try await bench.attach(router, to: subnet)
            let address = try await bench.floatingIP(for: try await bench.port(in: network))
            try require(address.routerID == router.id, "it goes through the router")
            let found = try await site.neutron.floatingIPs(["description": bench.mark])
            try require(found.map(\.id) == [address.id], "it is found by its mark")
            let error = try await site.refusal("removing the interface below it", .conflict, status: 409) {
                try await site.neutron.removeInterface(ofSubnet: subnet.id, fromRouter: router.id)
            }
            try require(error.type == "RouterInterfaceInUseByFloatingIP", "the type says so: \(error)")
        }
    }

    private static func floatingIPMoves(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let network = try await bench.network()
            let subnet = try await bench.subnet(in: network)
            _ = try await bench.attach(try await bench.router(), to: subnet)
            let first = try await bench.port(in: network)
            let second = try await bench.port(in: network)
            let address = try await bench.floatingIP(for: first)
            try require(address.portID == first.id, "it is at the first port")
            let moved = try await site.neutron.updateFloatingIP(address.id, ["port_id": .string(second.id)])
            try require(moved.portID == second.id, "it is at the second port")
            let free = try await site.neutron.updateFloatingIP(address.id, ["port_id": .null])
            try require(free.portID == nil, "it is at no port")
        }
    }

    private static func routeNeedsInterface(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let subnet = try await bench.subnet(in: try await bench.network())
            let router = try await bench.router()
            let near = "10.213.0.9"
            let routes: JSON = [["destination": "10.250.0.0/24", "nexthop": .string(near)]]
            let error = try await site.refusal("a route that no interface reaches", .invalid, status: 400) {
                try await site.neutron.updateRouter(router.id, ["routes": routes])
            }
            try require(error.type == "InvalidRoutes", "the type says so: \(error)")
            _ = try await bench.attach(router, to: subnet)
            let routed = try await site.neutron.updateRouter(router.id, ["routes": routes])
            try require(routed.routes?.map(\.nextHop) == [near], "it has the route")
            let inUse = try await site.refusal("removing the interface below a route", .conflict, status: 409) {
                try await site.neutron.removeInterface(ofSubnet: subnet.id, fromRouter: router.id)
            }
            try require(inUse.type == "RouterInterfaceInUseByRoute", "the type says so: \(inUse)")
            let cleared = try await site.neutron.updateRouter(router.id, ["routes": []])
            try require(cleared.routes?.isEmpty == true, "the routes are gone")
        }
    }

    private static func providersRoutingIs403(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let router = try await bench.router()
            let outside = router.gateway?.networkID ?? ""
            _ = try await site.refusal("address translation switched off", .forbidden, status: 403) {
                let gateway: JSON = ["network_id": .string(outside), "enable_snat": false]
                return try await site.neutron.updateRouter(router.id, ["external_gateway_info": gateway])
            }
            _ = try await site.refusal("a floating IP of one's own choice", .forbidden, status: 403) {
                var wish = Neutron.NewFloatingIP(networkID: outside, description: bench.mark)
                wish.address = "198.18.9.9"
                return try await site.neutron.createFloatingIP(wish)
            }
        }
    }
}
