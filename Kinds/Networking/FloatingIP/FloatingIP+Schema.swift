// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas
import SiteKinds

extension FloatingIP {
    static let schema = Schema.resource(
        "An address of an external network, for a server, a port or nothing yet.", spec: spec, status: status)

    private static let spec = Schema.object(
        "What is wanted. Without a port or a server the address is kept, and leads nowhere.",
        [
            .init("site", .site.with(.immutable())),
            .init(
                "externalNetwork",
                .string(
                    "Whose address it is: Automatic for the site's only external network, or a name. It is immutable.",
                    maxLength: 255, minLength: 1, default: "Automatic"
                ).with(.immutable())),
            .init(
                "address",
                .string(
                    "A certain address, where the site allows to ask for one; the site's choice when absent. It is immutable.",
                    maxLength: 45, minLength: 2
                ).with(.immutable())),
            .init("port", .name("The Port that it is for, by its name.")),
            .init("virtualMachine", .name("The VirtualMachine that it is for, by its name.")),
            .init("interface", .integer("Which of the server's ports, from 0; the first when absent.", in: 0...63)),
            .init(
                "fixedAddress",
                .string("Which of the port's IPv4 addresses, when it has several.", maxLength: 45, minLength: 2)),
            .init(
                "deletionPolicy",
                .word(
                    "Whether the address is given back when the object is deleted, or stays with the project.",
                    of: FloatingIPSpec.DeletionPolicy.allCases.map(\.rawValue), default: "Delete")),
        ], required: ["site"])

    private static let status = Schema.status(
        "What is known of it at the site.",
        [
            .init("id", .string("Neutron's id.", maxLength: 64)),
            .init("site", .string("The site where it is.", maxLength: 63)),
            .init("state", .string("Neutron's word for how it is.", maxLength: 64)),
            .init("address", .string("The address.", maxLength: 45)),
            .init("externalNetworkID", .string("Neutron's id of the network that the address is of.", maxLength: 64)),
            .init("portID", .string("Neutron's id of the port that it leads to.", maxLength: 64)),
            .init("fixedAddress", .string("The port's address that it leads to.", maxLength: 45)),
            .init("router", .string("The Router through which it leads there.", maxLength: 253)),
        ])
}
