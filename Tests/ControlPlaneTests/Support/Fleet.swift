// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// What a test asks for through the API: machines of some organizations, and what they are plugged into.
struct Fleet: Sendable {
    struct Wish: Sendable {
        /// Of the collection.
        let path: String
        let kind: String
        let name: String
        let spec: JSON

        var objectPath: String { "\(path)/\(name)" }

        var object: JSON {
            [
                "apiVersion": .string("\(Self.group(of: kind))/v1alpha1"), "kind": .string(kind),
                "metadata": ["name": .string(name)], "spec": spec,
            ]
        }

        private static func group(of kind: String) -> String {
            kind == "VirtualMachine" || kind == "SSHKey" ? "compute.scs.community" : "networking.scs.community"
        }
    }

    /// In no order: what refers to another thing waits for it.
    let wishes: [Wish]
    let organizations: [String]

    /// The collections in which objects of ours come to be.
    static let resources = [
        "compute/virtualmachines", "compute/sshkeys", "networking/networks", "networking/ports",
        "networking/securitygroups",
    ]

    /// - Parameter machines: how many in each organization.
    init(of organizations: [String], machines: Int, using random: inout Seeded) {
        self.organizations = organizations
        wishes = organizations.flatMap { organization in
            Self.surroundings(organization) + (0..<machines).map { Self.machine($0, organization) }
        }.shuffled(using: &random)
    }

    static func collection(_ resource: String, _ organization: String) -> String {
        let parts = resource.split(separator: "/")
        return
            "/organizations/\(organization)/apis/\(parts[0]).scs.community/v1alpha1/namespaces/\(Stage.project)/\(parts[1])"
    }

    private static func surroundings(_ organization: String) -> [Wish] {
        let site = ("site", JSON.string(Stage.siteName))
        func network(_ name: String, _ external: JSON, _ cidrs: [String]) -> Wish {
            let subnets: [JSON] = cidrs.enumerated().map { ["name": .string("s\($0)"), "cidr": .string($1)] }
            return wish(
                organization, "networking/networks", "Network", name,
                [site, ("subnets", .array(subnets)), ("externalNetwork", external)])
        }
        let rules: JSON = [
            ["direction": "Ingress", "protocol": "tcp", "ports": "22"], ["direction": "Ingress", "protocol": "icmp"],
        ]
        return [
            network("front", "Automatic", ["10.1.0.0/24"]),
            network("back", "None", ["10.2.0.0/24", "10.3.0.0/24"]),
            wish(organization, "networking/securitygroups", "SecurityGroup", "web", [site, ("rules", rules)]),
            wish(organization, "compute/sshkeys", "SSHKey", "admin", [("publicKey", .string(publicKey))]),
        ]
    }

    /// Each machine uses another part of what a machine can have; the first one uses everything.
    private static func machine(_ number: Int, _ organization: String) -> Wish {
        var spec: [(String, JSON)] = [
            ("site", .string(Stage.siteName)), ("image", "Debian 12"),
            ("flavor", number % 2 == 0 ? "SCS-1V-2" : "SCS-1V-2-5"),
        ]
        switch number % 4 {
        case 0:
            spec += [("networks", [["network": "front"], ["network": "back"]]), ("floatingIP", [:])]
            spec += [("securityGroups", ["web"]), ("sshKeys", ["admin"])]
        case 1: spec += [("networks", [["network": "back"]]), ("sshKeys", ["admin"])]
        case 2: spec += [("networks", [["network": "front"]]), ("securityGroups", ["web"])]
        default: break
        }
        return wish(organization, "compute/virtualmachines", "VirtualMachine", "vm-\(number)", spec)
    }

    private static func wish(
        _ organization: String, _ resource: String, _ kind: String, _ name: String, _ spec: [(String, JSON)]
    ) -> Wish {
        Wish(path: collection(resource, organization), kind: kind, name: name, spec: .object(JSONObject(spec)))
    }

    /// Nobody has its private half.
    private static let publicKey =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g nobody"
}
