// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas
import SiteKinds

extension Network {
    static let schema = Schema.resource(
        "A private network of a project at a site, with its subnets and, if wished, a way out.", spec: spec,
        status: status)

    private static let spec = Schema.object(
        "What is wanted.",
        [
            .init("site", .site.with(.immutable())),
            .init("subnets", subnets),
            .init("mtu", .integer("Largest packet in bytes; the site's choice when absent.", in: 1280...9000)),
            .init(
                "externalNetwork",
                .string(
                    "Where its router leads: None for no router, Automatic for the site's only external network, or a name.",
                    maxLength: 255, minLength: 1, default: "None")),
            .init("openstack", openstack),
        ], required: ["site"])

    private static let subnets: Schema = {
        var subnets = Schema.array(
            "Its address ranges; names and ranges are immutable, whole subnets may come and go.", of: subnet,
            maxItems: 8, minItems: 1, listType: .map(keys: ["name"]))
        subnets.defaultValue = [["name": "default", "cidr": "10.0.0.0/24"]]
        return subnets
    }()

    private static let subnet = Schema.object(
        "One address range.",
        [
            .init("name", .string("Unique in the network.", maxLength: 63, minLength: 1)),
            .init(
                "cidr",
                .string("The range, as 10.0.0.0/24. It is immutable.", maxLength: 43, format: "cidr")
                    .with(.immutable("add a subnet with another name, then remove this one"))),
            .init("gateway", address("The gateway's address; the first of the range when absent.")),
            .init(
                "dnsServers", .array("Name servers that DHCP announces.", of: address("An address."), maxItems: 5)),
            .init("dhcp", .boolean("Whether Neutron hands out the addresses by DHCP.", default: true)),
            .init(
                "allocationPools",
                .array("From where Neutron takes addresses; all but the gateway when absent.", of: pool, maxItems: 16)),
        ], required: ["name", "cidr"])

    private static let pool = Schema.object(
        "Addresses from start to end.",
        [.init("start", address("The first address.")), .init("end", address("The last address."))],
        required: ["start", "end"])

    private static let openstack = Schema.object(
        "Passed to Neutron as it is. It is immutable.",
        [.init("portSecurityEnabled", .boolean("Whether new ports check addresses and have security groups."))])

    private static let status = Schema.status(
        "What is known of it at the site.",
        [
            .init("id", .string("Neutron's id.", maxLength: 64)),
            .init("site", .string("The site where it is.", maxLength: 63)),
            .init("state", .string("Neutron's word for how it is.", maxLength: 64)),
            .init("mtu", .integer("Largest packet in bytes.", in: 0...65535)),
            .init("subnets", .array("Its subnets.", of: subnetStatus, maxItems: 64)),
            .init("routerID", .string("Neutron's id of its router.", maxLength: 64)),
            .init("externalNetworkID", .string("Neutron's id of the network that its router leads to.", maxLength: 64)),
        ])

    private static let subnetStatus = Schema.object(
        "One subnet.",
        [
            .init("name", .string("Its name in spec.", maxLength: 255)),
            .init("id", .string("Neutron's id.", maxLength: 64)),
            .init("cidr", .string("Its range.", maxLength: 64)),
        ], required: ["name", "id", "cidr"])

    private static func address(_ description: String) -> Schema { .string(description, maxLength: 45, minLength: 2) }
}
