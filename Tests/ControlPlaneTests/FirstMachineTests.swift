// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import Testing
import TestTime

@Suite("The first machine", .enabled(if: Project.hasMachines), .timeLimit(.minutes(3)))
struct FirstMachineTests {
    @Test("a demo's first machine becomes ready, and its deletion leaves nothing at the site")
    func demo() async throws {
        let server = RunningServer()
        try await server.start(["--demo"])
        let admin = try server.admin()
        let site = try await inventory(of: "stuttgart", admin)
        try await admin.waitUntilReady("/apis/management.scs.community/v1alpha1/sites/stuttgart")
        let before = try await site.everything()

        let manifest = try Manifest("first-vm.yaml")
        let path = try await manifest.path(in: "demo", admin)
        let applied = try await manifest.apply(in: "demo", admin)
        try #require(applied.status == 201, "\(applied.text)")
        try await admin.waitUntilReady(path)
        let machine = try await admin.send(.get, path).tree
        #expect(machine["status"]?["state"]?.string == "ACTIVE")
        #expect(try await site.everything().subtracting(before).contains { $0.hasPrefix("server ") })

        try await admin.remove(path)
        try await eventually("an empty site", within: .seconds(60)) { try await site.everything() == before }
    }

    @Test("a demo's machine is still there after a restart, and can be deleted")
    func restart() async throws {
        let server = RunningServer()
        try await server.start(["--demo"])
        let manifest = try Manifest("first-vm.yaml")
        let path = try await manifest.path(in: "demo", try server.admin())
        try #require(try await manifest.apply(in: "demo", try server.admin()).status == 201)
        try await server.admin().waitUntilReady(path)
        let id = try await server.admin().send(.get, path).tree["status"]?["id"]

        try await server.terminate()
        try await server.start(["--demo"])
        let admin = try server.admin()
        let site = try await inventory(of: "stuttgart", admin)
        #expect(try await site.everything().filter { $0.hasPrefix("server ") }.count == 1)
        let touched = try await admin.patch(path, ["metadata": ["labels": ["touched": "yes"]]])
        #expect(touched.status == 200)
        try await admin.waitUntilReady(path)
        #expect(try await admin.send(.get, path).tree["status"]?["id"] == id)
        try await admin.remove(path)
        try await eventually("no server at the site", within: .seconds(60)) {
            try await site.everything().allSatisfy { !$0.hasPrefix("server ") }
        }
    }

    /// What the site itself says that it holds.
    private func inventory(of site: String, _ admin: Caller) async throws -> SiteInventory {
        let secret = try await admin.send(.get, "/api/v1/namespaces/scs-system/secrets/site-\(site)")
        let encoded = try #require(secret.tree["data"]?["clouds.yaml"]?.string)
        let clouds = String(decoding: try #require(Data(base64Encoded: encoded)), as: UTF8.self)
        return try SiteInventory(cloudsFile: clouds, cloud: "\(site)-demo")
    }
}

/// What the environment says of a real project.
private enum RealSite {
    static let isConfigured = file != nil && cloud != nil
    static let file = ProcessInfo.processInfo.environment["SCS_TEST_CLOUDS_FILE"]
    static let cloud = ProcessInfo.processInfo.environment["SCS_TEST_CLOUD"]
}

/// A real project, named by the environment, that the tests may fill and must leave as it was.
@Suite("A real site", .enabled(if: RealSite.isConfigured && Project.hasMachines), .timeLimit(.minutes(20)))
struct RealSiteTests {
    @Test("networks, router, address, group, key, volumes, a snapshot and machines come, work, and go without a trace")
    func machines() async throws {
        let (file, cloud) = (try #require(RealSite.file), try #require(RealSite.cloud))
        let inventory = try SiteInventory(cloudsFile: String(contentsOfFile: file, encoding: .utf8), cloud: cloud)
        let before = try await inventory.everything()
        let server = RunningServer()
        try await server.start(["--site-cloud", cloud], environment: ["OS_CLIENT_CONFIG_FILE": file])
        let admin = try server.admin()
        let sites = "/apis/management.scs.community/v1alpha1/sites"
        let site = try #require(try await admin.send(.get, sites).names.first)
        try await admin.waitUntilReady("\(sites)/\(site)", within: .seconds(120))
        let status = try await admin.send(.get, "\(sites)/\(site)").tree["status"]
        let image = try #require(status?["images"]?[0]?["name"]?.string)

        let objects = Self.objects(site: site, image: image)
        for (path, object) in objects {
            let answer = try await admin.send(.post, Self.collection(path), object)
            try #require(answer.status == 201, "\(path): \(answer.text)")
        }
        var failure: (any Error)?
        do {
            for (path, object) in objects {
                try await admin.waitUntilReady(try Self.path(path, object), within: .seconds(300))
            }
        } catch { failure = error }
        for (path, object) in objects.reversed() {
            try await admin.remove(try Self.path(path, object), within: .seconds(300))
        }
        try await eventually("the site as it was", within: .seconds(120)) {
            try await inventory.everything().subtracting(before).isEmpty
        }
        if let failure { throw failure }
    }

    private static func collection(_ path: String) -> String {
        let (group, plural) = (path.split(separator: "/")[0], path.split(separator: "/")[1])
        return "/organizations/demo/apis/\(group).scs.community/v1alpha1/namespaces/demo/\(plural)"
    }

    private static func path(_ path: String, _ object: JSON) throws -> String {
        "\(collection(path))/\(try #require(object["metadata"]?["name"]?.string))"
    }

    /// In the order in which they are made; a flavor with a disk boots from the image, one without from a volume.
    private static func objects(site: String, image: String) -> [(path: String, object: JSON)] {
        func object(_ kind: String, _ name: String, _ spec: [(String, JSON)]) -> JSON {
            let isStorage = kind.hasPrefix("Volume")
            let isCompute = kind == "VirtualMachine" || kind == "SSHKey"
            let group = isStorage ? "storage" : isCompute ? "compute" : "networking"
            return [
                "apiVersion": .string("\(group).scs.community/v1alpha1"), "kind": .string(kind),
                "metadata": ["name": .string(name)], "spec": .object(JSONObject(spec)),
            ]
        }
        let place = ("site", JSON.string(site))
        let machines = [("disk", "SCS-1V-2-5"), ("volume", "SCS-1V-2")].map { name, flavor in
            var spec: [(String, JSON)] = [
                place, ("flavor", .string(flavor)), ("image", .string(image)), ("sshKeys", ["e2e"]),
                ("networks", [["network": "e2e"]]), ("securityGroups", ["e2e"]),
            ]
            if name == "disk" { spec.append(("volumes", [["name": "e2e"], ["name": "e2e-copy"]])) }
            return (path: "compute/virtualmachines", object: object("VirtualMachine", "e2e-\(name)", spec))
        }
        let subnets: JSON = [
            ["name": "servers", "cidr": "10.77.0.0/24"], ["name": "servers-v6", "cidr": "fd00:77::/64"],
        ]
        let network = object("Network", "e2e", [place, ("subnets", subnets)])
        let group = object(
            "SecurityGroup", "e2e", [place, ("rules", [["direction": "Ingress", "protocol": "tcp", "ports": "22"]])])
        let address = object("FloatingIP", "e2e", [place, ("virtualMachine", "e2e-disk")])
        return [
            ("networking/networks", network), ("networking/securitygroups", group),
            ("networking/routers", object("Router", "e2e", [place, ("networks", [["network": "e2e"]])])),
            ("compute/sshkeys", object("SSHKey", "e2e", [("publicKey", .string(publicKey))])),
            ("storage/volumes", object("Volume", "e2e", [place, ("sizeGiB", 1)])),
            ("storage/volumesnapshots", object("VolumeSnapshot", "e2e", [("volume", "e2e")])),
            (
                "storage/volumes",
                object("Volume", "e2e-copy", [place, ("sizeGiB", 2), ("source", ["snapshot": "e2e"])])
            ),
        ] + machines + [("networking/floatingips", address)]
    }

    /// Nobody has its private half.
    private static let publicKey = "ssh-ed25519 \(Data(blob).base64EncodedString()) nobody"
    private static let blob =
        [0, 0, 0, 11] + Array("ssh-ed25519".utf8) + [0, 0, 0, 32] + [UInt8](1...32)
}
