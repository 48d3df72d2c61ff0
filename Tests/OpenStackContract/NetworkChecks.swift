// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack

extension ContractCheck {
    static let network = [
        ContractCheck("marks travel in the body that creates, and are searched by", marksTravelInTheCreateBody),
        ContractCheck("tags in POST networks are 400", tagsOnNetworkPOST400),
        ContractCheck("tags in POST ports are taken and not promised, the description is", tagsOnPortPOST),
        ContractCheck(
            "the same security group rule twice is 409 naming its id", securityGroupRuleTwiceIs409NamingItsID),
        ContractCheck("a security group of the same name is a second one", securityGroupTwiceIsTwo),
        ContractCheck("the default security group is there and stays", defaultSecurityGroupStays),
        ContractCheck("a network in use is 409", networkInUse409),
        ContractCheck("a security group in use is 409", securityGroupInUse409),
        ContractCheck("a list in pages holds everything", pagesHoldEverything),
        ContractCheck("a description changes, and the mark can be put back", descriptionChanges),
    ]

    private static func marksTravelInTheCreateBody(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let group = try await bench.securityGroup()
            let rule = try await site.neutron.createSecurityGroupRule(bench.rule(in: group))
            try require(rule.remoteIPPrefix == "10.1.2.3/8", "the prefix is kept, is \(rule.remoteIPPrefix ?? "")")
            try require(rule.normalizedCIDR == "10.0.0.0/8", "it is normalised, is \(rule.normalizedCIDR ?? "")")
            let network = try await bench.network()
            let subnet = try await bench.subnet(in: network)
            let port = try await bench.port(in: network, securityGroups: [group.id])
            let query: Query = ["description": bench.mark]
            let found = [
                try await site.neutron.securityGroups(query).map(\.id),
                try await site.neutron.securityGroupRules(query).map(\.id),
                try await site.neutron.networks(query).map(\.id), try await site.neutron.subnets(query).map(\.id),
                try await site.neutron.ports(query).map(\.id),
            ]
            let made = [[group.id], [rule.id], [network.id], [subnet.id], [port.id]]
            try require(found == made, "search by mark finds \(made), found \(found)")
            let other = try await site.neutron.ports(["description": bench.mark + "x"])
            try require(other.isEmpty, "another mark finds nothing, found \(other)")
        }
    }

    private static func tagsOnNetworkPOST400(_ site: ContractSite) async throws {
        _ = try await site.refusal("a network with tags", .invalid, status: 400) {
            try await site.neutron.createNetwork(
                .init(name: "contract", description: ""), native: JSONObject([("tags", ["a"] as JSON)]))
        }
    }

    private static func tagsOnPortPOST(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let network = try await bench.network()
            // Zed drops them without a word, other releases keep them: a mark that travels in them may be lost.
            let port = try await site.neutron.createPort(
                .init(networkID: network.id, description: bench.mark),
                native: JSONObject([("tags", [.string(bench.mark)] as JSON)]))
            bench.after { try await site.neutron.deletePort(port.id) }
            try require([[], [bench.mark]].contains(port.tags), "tags are kept or dropped, are \(port.tags ?? [])")
            try require(port.description == bench.mark, "the description is kept")
        }
    }

    private static func securityGroupRuleTwiceIs409NamingItsID(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let wish = bench.rule(in: try await bench.securityGroup())
            let rule = try await site.neutron.createSecurityGroupRule(wish)
            let error = try await site.refusal("the same rule again", .conflict, status: 409) {
                try await site.neutron.createSecurityGroupRule(wish)
            }
            try require(error.type == "SecurityGroupRuleExists", "the type says so, is \(error.type ?? "")")
            try require(error.said.contains(rule.id), "the message names \(rule.id): \(error)")
        }
    }

    private static func securityGroupTwiceIsTwo(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let first = try await bench.securityGroup()
            let second = try await bench.securityGroup()
            try require(first.id != second.id, "there are two")
            try require(
                (first.rules ?? []).allSatisfy { $0.direction == "egress" }, "a new one lets everything out only")
        }
    }

    private static func defaultSecurityGroupStays(_ site: ContractSite) async throws {
        let group = try require(
            try await site.neutron.securityGroups(["name": "default"]).first, "there is a default group")
        _ = try await site.refusal("deleting it", .conflict, status: 409) {
            try await site.neutron.deleteSecurityGroup(group.id)
        }
    }

    private static func networkInUse409(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let network = try await bench.network()
            let port = try await bench.port(in: network)
            let error = try await site.refusal("deleting a network with a port", .conflict, status: 409) {
                try await site.neutron.deleteNetwork(network.id)
            }
            try require(error.type == "NetworkInUse" && error.said.contains(port.id), "it names the port: \(error)")
            try require(error.isTransient, "it may be deleted later")
        }
    }

    private static func securityGroupInUse409(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let group = try await bench.securityGroup()
            let network = try await bench.network()
            _ = try await bench.port(in: network, securityGroups: [group.id])
            let error = try await site.refusal("deleting a group with a port", .conflict, status: 409) {
                try await site.neutron.deleteSecurityGroup(group.id)
            }
            try require(error.type == "SecurityGroupInUse", "the type says so: \(error)")
        }
    }

    private static func pagesHoldEverything(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            for _ in 0..<3 { _ = try await bench.network() }
            let paged = try await site.neutron.networks(["description": bench.mark, "limit": "1"])
            try require(Set(paged.map(\.id)).count == 3, "pages of one hold three, held \(paged.map(\.id))")
        }
        let images = try await site.glance.images()
        let paged = try await site.glance.images(["limit": "1"])
        try require(Set(images.map(\.id)) == Set(paged.map(\.id)), "pages of one hold all images")
        let flavors = try await site.nova.flavors()
        let pagedFlavors = try await site.nova.flavors(["limit": "5"])
        try require(Set(flavors.map(\.id)) == Set(pagedFlavors.map(\.id)), "pages of five hold all flavors")
    }

    private static func descriptionChanges(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let network = try await bench.network()
            let changed = try await site.neutron.updateNetwork(network.id, ["description": "changed"])
            try require(changed.description == "changed", "it is changed")
            try require((changed.revision ?? 0) > (network.revision ?? 0), "the revision grows")
            let back = try await site.neutron.updateNetwork(network.id, ["description": .string(bench.mark)])
            try require(back.description == bench.mark, "it is back")
        }
    }
}
