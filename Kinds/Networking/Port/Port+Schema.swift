// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas
import SiteKinds

extension Port {
    static let schema = Schema.resource("A plug in a network, with its addresses.", spec: spec, status: status)

    private static let spec = Schema.object(
        "What is wanted.",
        [
            .init("network", .name("The Network that it is in, by its name. It is immutable.").with(.immutable())),
            .init(
                "fixedIPs", .array("Its addresses; one of the site's choice when absent.", of: fixedIP, maxItems: 16)),
            .init(
                "securityGroups",
                .array(
                    "SecurityGroups by name; the project's own default group when absent, none when empty.",
                    of: .name("A SecurityGroup."), maxItems: 32, listType: .set)),
            .init(
                "allowedAddressPairs",
                .array("Further addresses that it may send from.", of: pair, maxItems: 10)),
            .init("macAddress", .string("Its hardware address. It is immutable.", maxLength: 17, format: "mac")),
            .init(
                "portSecurity",
                .boolean(
                    "Whether its addresses are checked and security groups apply; needs empty groups and pairs when off.",
                    default: true)),
        ], required: ["network"])

    private static let fixedIP = Schema.object(
        "One address; what is absent the site chooses.",
        [
            .init("subnet", .string("A subnet's name in the Network.", maxLength: 63, minLength: 1)),
            .init("address", .string("The address.", maxLength: 45, minLength: 2)),
        ])

    private static let pair = Schema.object(
        "One further address.",
        [
            .init("address", .string("An address or a range.", maxLength: 49, minLength: 2)),
            .init(
                "macAddress",
                .string("With this hardware address; the port's when absent.", maxLength: 17, format: "mac")),
        ], required: ["address"])

    private static let status = Schema.status(
        "What is known of it at the site.",
        [
            .init("id", .string("Neutron's id.", maxLength: 64)),
            .init("site", .string("The site where it is.", maxLength: 63)),
            .init("state", .string("Neutron's word for how it is.", maxLength: 64)),
            .init("macAddress", .string("Its hardware address.", maxLength: 17)),
            .init("addresses", .array("Its addresses.", of: address, maxItems: 64)),
            .init("deviceID", .string("What is plugged into it.", maxLength: 255)),
        ])

    private static let address = Schema.object(
        "One address.",
        [
            .init("address", .string("The address.", maxLength: 45)),
            .init("subnet", .string("The subnet's name in the Network.", maxLength: 255)),
        ], required: ["address", "subnet"])
}
