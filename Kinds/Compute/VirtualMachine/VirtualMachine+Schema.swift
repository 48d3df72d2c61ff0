// SPDX-License-Identifier: Apache-2.0

import Schemas
import SiteKinds

extension VirtualMachine {
    static let schema = Schema.resource(
        "A server of a project at a site, with its ports, root disk and floating IP.", spec: spec, status: status)

    private static let spec = Schema.object(
        "What is wanted.",
        [
            .init("site", .site.with(immutable)),
            .init(
                "flavor",
                .string("Its size, by a name that the site offers.", maxLength: 255, minLength: 1).with(immutable)),
            .init(
                "image",
                .string("What it boots from, by a name or id that the site offers.", maxLength: 255, minLength: 1)
                    .with(immutable)),
            .init("rootDisk", rootDisk),
            .init(
                "volumes",
                .array("Volumes that are plugged in, also while it runs, in this order.", of: volume, maxItems: 16)),
            .init(
                "networks",
                .array("Where it is plugged in; the site's default network when absent.", of: interface, maxItems: 16)),
            .init(
                "securityGroups",
                .array(
                    "SecurityGroup objects for the ports that are made; the project's default when absent.",
                    of: .name("A SecurityGroup."), maxItems: 16)),
            .init("sshKeys", .array("SSHKey objects that let people in.", of: .name("An SSHKey."), maxItems: 16)),
            .init("userData", .string("What cloud-init reads at the first boot, as plain text.", maxLength: 49149)),
            .init("userDataFrom", userDataFrom),
            .init("floatingIP", floatingIP),
            .init(
                "powerState",
                .word("Whether it is to run.", of: ["Running", "Stopped"], default: "Running")),
            .init(
                "metadata",
                .map("Nova's metadata of the server.", of: .string("A value.", maxLength: 255), maxProperties: 100)),
            .init("openstack", openstack),
        ], required: ["site", "flavor", "image"])

    private static let immutable = Schema.Rule.immutable("delete the VirtualMachine and create it anew to change it")

    private static let rootDisk = Schema.object(
        "A volume to boot from instead of the flavor's own disk.",
        [
            .init("sizeGiB", .integer("Its size in GiB.", in: 1...65536)),
            .init("type", .string("Cinder's volume type; the site's own choice when absent.", maxLength: 255)),
        ], required: ["sizeGiB"])

    private static let volume = Schema.object(
        "A Volume that is plugged in.", [.init("name", .name("A Volume of the namespace."))], required: ["name"])

    private static let interface = Schema.object(
        "A network in which a Port is made, or a Port that is there.",
        [
            .init("network", .name("A Network of the namespace.")),
            .init("port", .name("A Port of the namespace.")),
            .init("address", .string("The address wished for in the network.", maxLength: 45, minLength: 2)),
        ])

    private static let userDataFrom = Schema.object(
        "User data that is kept in a Secret.",
        [
            .init(
                "secret",
                .object(
                    "Where it stands.",
                    [.init("name", .name("The Secret.")), .init("key", .name("The key of its data."))],
                    required: ["name", "key"]))
        ], required: ["secret"])

    private static let floatingIP = Schema.object(
        "An address of an external network, on the first port.",
        [
            .init(
                "externalNetwork",
                .string("By name; the site's only one when absent.", maxLength: 255, minLength: 1))
        ])

    private static let openstack = Schema.object(
        "Passed to Nova as it is. It is immutable.",
        [
            .init("availabilityZone", .string("Where Nova places it.", maxLength: 255, minLength: 1)),
            .init("configDrive", .boolean("Whether it gets a drive with its metadata.")),
        ])

    private static let count = 0...Int64(1 << 40)

    private static let status = Schema.status(
        "What is known of it at the site.",
        [
            .init("id", .string("Nova's id.", maxLength: 64)),
            .init("site", .string("The site where it is.", maxLength: 63)),
            .init("state", .string("Nova's word for what it is doing.", maxLength: 64)),
            .init("powerState", .string("Whether it runs: Running, Stopped or Unknown.", maxLength: 64)),
            .init("addresses", .array("Its addresses.", of: address, maxItems: 256)),
            .init(
                "flavor",
                .object(
                    "Its size, as Nova keeps it.",
                    [
                        .init("name", .string("The flavor's name at creation.", maxLength: 255)),
                        .init("vcpus", .integer("Virtual processors.", in: count)),
                        .init("ramMiB", .integer("Memory in MiB.", in: count)),
                    ])),
            .init("image", .string("Glance's id of its image; absent when it boots from a volume.", maxLength: 64)),
            .init("ports", .array("Its Port objects.", of: port, maxItems: 16)),
            .init("volumes", .array("Its Volume objects.", of: shownVolume, maxItems: 32)),
            .init("floatingIPID", .string("Neutron's id of its floating IP.", maxLength: 64)),
            .init("fault", fault),
        ])

    private static let address = Schema.object(
        "One address.",
        [
            .init("network", .string("The network's name at the site.", maxLength: 255)),
            .init("address", .string("The address.", maxLength: 64)),
            .init("type", .string("fixed or floating.", maxLength: 64)),
            .init("mac", .string("The port's MAC address.", maxLength: 64)),
        ], required: ["network", "address"])

    private static let port = Schema.object(
        "One port.",
        [
            .init("name", .string("The Port object.", maxLength: 253)),
            .init("id", .string("Neutron's id.", maxLength: 64)),
        ], required: ["name"])

    private static let shownVolume = Schema.object(
        "One volume.",
        [
            .init("name", .string("The Volume object.", maxLength: 253)),
            .init("id", .string("Cinder's id.", maxLength: 64)),
            .init("attached", .boolean("Whether the server has it.")),
        ], required: ["name", "id", "attached"])

    private static let fault = Schema.object(
        "Why there is no working server.",
        [
            .init("reason", .string("ServerError or Gone.", maxLength: 64)),
            .init("message", .string("Nova's own words.", maxLength: 4096)),
            .init("requestID", .string("By which the provider finds it.", maxLength: 128)),
            .init("serverID", .string("Nova's id of the server.", maxLength: 64)),
            .init("generation", .integer("The generation of the spec that it failed for.", in: 0...Int64.max)),
            .init("retry", .string("The retry annotation at that time.", maxLength: 262144)),
        ], required: ["reason", "message", "serverID", "generation"])
}
