// SPDX-License-Identifier: Apache-2.0

import Schemas
import SiteKinds

extension SecurityGroup {
    static let schema = Schema.resource(
        "Who may talk to the ports that have it, and to whom they may.", spec: spec, status: status)

    private static let spec = Schema.object(
        "What is wanted.",
        [
            .init("site", .site.with(.immutable())),
            .init("description", .string("For people; shown here only.", maxLength: 255)),
            .init("rules", .array("What is allowed; everything else is not.", of: rule, maxItems: 100)),
            .init(
                "egress",
                .word(
                    "AllowAll lets everything out; Listed only what the rules say.", of: ["AllowAll", "Listed"],
                    default: "AllowAll")),
        ], required: ["site"])

    private static let rule = Schema.object(
        "One allowance.",
        [
            .init("direction", .word("Into or out of the ports.", of: ["Ingress", "Egress"], default: "Ingress")),
            .init(
                "protocol",
                .string(
                    "any, tcp, udp, icmp, ipv6-icmp, or an IP protocol's number.", maxLength: 9,
                    pattern: "^(any|tcp|udp|icmp|ipv6-icmp|[0-9]{1,3})$", default: "any")),
            .init(
                "ports",
                .string(
                    "A port or a range, for tcp and udp; all when absent.", maxLength: 11,
                    pattern: "^[0-9]{1,5}(-[0-9]{1,5})?$")),
            .init(
                "cidr", .string("The other side's addresses; all when absent.", maxLength: 43, format: "cidr")),
            .init("group", .name("The other side's SecurityGroup by name, or self.")),
            .init("ethertype", .word("The version of IP.", of: ["IPv4", "IPv6"], default: "IPv4")),
        ])

    private static let status = Schema.status(
        "What is known of it at the site.",
        [
            .init("id", .string("Neutron's id.", maxLength: 64)),
            .init("site", .string("The site where it is.", maxLength: 63)),
            .init("ruleCount", .integer("How many rules it has at the site.", in: 0...100_000)),
        ])
}
