// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas
import SiteKinds

extension Router {
    static let schema = Schema.resource(
        "Connects networks of a project at a site with each other and, if wished, with an external network.",
        spec: spec, status: status)

    private static let spec = Schema.object(
        "What is wanted.",
        [
            .init("site", .site.with(.immutable())),
            .init(
                "externalNetwork",
                .string(
                    "Where it leads: None for nowhere, Automatic for the site's only external network, or a name.",
                    maxLength: 255, minLength: 1, default: "Automatic")),
            .init(
                "snat",
                .boolean("Whether addresses are translated on the way out; the site's choice when absent.")),
            .init(
                "networks",
                .array(
                    "The Networks that it connects.", of: attachment, maxItems: 64, listType: .map(keys: ["network"]))
            ),
            .init("routes", .array("Where it sends what is for other ranges.", of: route, maxItems: 30)),
        ], required: ["site"])

    private static let attachment = Schema.object(
        "A Network that it is in.",
        [
            .init("network", .name("The Network, by its name.")),
            .init(
                "subnets",
                .array(
                    "The Network's subnets by their names; all of them when absent.",
                    of: .string("A subnet.", maxLength: 63, minLength: 1), maxItems: 8, minItems: 1, listType: .set)),
        ], required: ["network"])

    private static let route = Schema.object(
        "A way to another range.",
        [
            .init("destination", .string("The range, as 192.0.2.0/24.", maxLength: 43, format: "cidr")),
            .init("nextHop", .string("An address in one of the router's subnets.", maxLength: 45, minLength: 2)),
        ], required: ["destination", "nextHop"])

    private static let status = Schema.status(
        "What is known of it at the site.",
        [
            .init("id", .string("Neutron's id.", maxLength: 64)),
            .init("site", .string("The site where it is.", maxLength: 63)),
            .init("state", .string("Neutron's word for how it is.", maxLength: 64)),
            .init("externalNetworkID", .string("Neutron's id of the network that it leads to.", maxLength: 64)),
            .init(
                "externalAddresses",
                .array("Its addresses there.", of: .string("An address.", maxLength: 45), maxItems: 64)),
            .init("snat", .boolean("Whether addresses are translated on the way out.")),
            .init("interfaces", .array("The subnets that it is in.", of: interface, maxItems: 512)),
        ])

    private static let interface = Schema.object(
        "One subnet that it is in.",
        [
            .init("network", .string("The Network; empty for one that the spec does not name.", maxLength: 253)),
            .init("subnet", .string("The subnet's name in the Network.", maxLength: 255)),
            .init("subnetID", .string("Neutron's id of the subnet.", maxLength: 64)),
        ], required: ["network", "subnet", "subnetID"])
}
