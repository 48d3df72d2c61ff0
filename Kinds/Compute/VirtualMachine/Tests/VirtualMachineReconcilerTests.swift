// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import OpenStack
import Reconciling
import ReconcilingTesting
import Resources
import SiteKinds
import TestTime
import Testing

@testable import ComputeKinds

/// What other kinds' objects have to do with it, and servers that fail; the shared scenarios run at a simulated site.
@Suite("VirtualMachine's reconciler", .timeLimit(.minutes(1)))
struct VirtualMachineReconcilerTests {
    let nova = FakeNova()
    let bench: Bench<VirtualMachineReconciler>

    init() {
        let clock = TestClock()
        let server = MemoryObjectClient(time: Timekeeper(clock))
        bench = Bench(VirtualMachineReconciler(cloud: nova.cloud, client: server), clock: clock, server: server)
    }

    static let plain: JSON = ["site": "stuttgart", "flavor": "SCS-2V-4", "image": "Ubuntu"]

    func vm() async throws -> Object { try #require(try await bench.object(web)) }

    /// Up to the server, with the other kinds' reconcilers played by the test.
    func start(_ spec: JSON = plain) async throws {
        try await bench.putPlace()
        try await bench.put(object(.virtualMachine, "web", spec))
        try await bench.rest(web)
        try await bench.makeReady(.network, "default-stuttgart", ["id": "net-1"])
        try await bench.rest(web)
        try await bench.makeReady(.port, "web-0", ["id": "port-1"])
        try await bench.rest(web)
    }

    @Test("creates, with the default network and a Port as objects, and a root volume for a flavor without disk")
    func creates() async throws {
        try await start()
        let vm = try await vm()
        #expect(vm.isReady)
        let request = try #require(nova.world.requests.first)
        #expect(request.networks == [.port("port-1")] && request.flavor == "f-0" && request.image == nil)
        #expect(request.blockDevices == [.rootVolume(image: "i-1", size: 20)])
        #expect(request.tags == ["scs:\(vm.metadata.uid ?? "")"])
        #expect(vm.status?["id"] == "server-1" && vm.status?["state"] == "ACTIVE")
        let network = try await bench.server.get(.network, object(.network, "default-stuttgart").key)
        #expect(network.spec?["externalNetwork"] == "Automatic")
        #expect(network.metadata.ownerReferences.map(\.isController) == [false])
        let port = try await bench.server.get(.port, object(.port, "web-0").key)
        #expect(port.metadata.ownerReferences.map(\.uid) == [vm.metadata.uid])
    }

    @Test("creates with everything")
    func createsEverything() async throws {
        try await bench.putPlace()
        try await bench.put(ready(.network, "front"), .network)
        try await bench.put(ready(.securityGroup, "http"), .securityGroup)
        var second = ready(.sshKey, "ben")
        second.spec = ["publicKey": "ssh-ed25519 AAAA ben"]
        try await bench.put(second, .sshKey)
        let sites: JSON = ["sites": [["name": "stuttgart", "id": "scs-key", "ready": true]]]
        try await bench.put(ready(.sshKey, "anna", status: sites), .sshKey)
        try await bench.put(
            object(
                .virtualMachine, "web",
                [
                    "site": "stuttgart", "flavor": "SCS-2V-4-20", "image": "i-1", "sshKeys": ["anna", "ben"],
                    "networks": [["network": "front", "address": "10.0.0.7"]], "securityGroups": ["http"],
                    "floatingIP": [:], "powerState": "Stopped", "metadata": ["team": "shop"],
                    "openstack": ["availabilityZone": "az1"],
                ]))
        try await bench.rest(web)
        try await bench.makeReady(.port, "web-0", ["id": "port-1"])
        try await bench.settlesAndThenDoesNothing(web)
        let request = try #require(nova.world.requests.first)
        #expect(request.image == "i-1" && request.blockDevices == nil && request.keyName == "scs-key")
        #expect(request.metadata?["team"] == "shop" && request.availabilityZone == "az1")
        #expect(request.userData == UserData.base64("#cloud-config\nssh_authorized_keys:\n  - ssh-ed25519 AAAA ben\n"))
        let port = try await bench.server.get(.port, object(.port, "web-0").key)
        #expect(port.spec?["fixedIPs"] == [["address": "10.0.0.7"]] && port.spec?["securityGroups"] == ["http"])
        #expect(nova.world.servers.map(\.status) == [.shutoff] && nova.world.floatingIPs.map(\.portID) == ["port-1"])
        #expect(try await vm().status?["floatingIPID"] == "fip-1")
    }

    @Test("waits for what it refers to, and asks for the key at the site")
    func waits() async throws {
        var spec = Self.plain
        spec["sshKeys"] = ["anna"]
        try await bench.putPlace()
        try await bench.put(object(.virtualMachine, "web", spec))
        try await bench.rest(web)
        #expect(try await vm().condition("Ready")?.message.contains("anna") == true)
        try await bench.put(ready(.sshKey, "anna"), .sshKey)
        try await playOthers()
        let key = try await bench.server.get(.sshKey, object(.sshKey, "anna").key)
        #expect(SiteNeed.sites(of: key) == ["stuttgart"] && nova.world.requests.isEmpty)
    }

    private func playOthers() async throws {
        try await bench.rest(web)
        try await bench.makeReady(.network, "default-stuttgart", [:])
        try await bench.rest(web)
        try await bench.makeReady(.port, "web-0", ["id": "port-1"])
        try await bench.rest(web)
    }

    @Test("a second server shares the default network")
    func shares() async throws {
        try await start()
        let db = try await bench.put(object(.virtualMachine, "db", Self.plain))
        try await bench.rest(db.key)
        let network = try await bench.server.get(.network, object(.network, "default-stuttgart").key)
        #expect(network.metadata.ownerReferences.map(\.name) == ["web", "db"])
    }

    @Test("of a double keeps the one that runs")
    func double() async throws {
        try await start()
        let mark = "scs:\(try await vm().metadata.uid ?? "")"
        var double = Nova.Server(id: "a-double", name: "web", status: .error)
        double.tags = [mark]
        nova.edit { $0.servers.append(double) }
        let intent: JSON = ["status": ["intent": ["step": "create server", "since": 0]]]
        _ = try await bench.server.patch(.virtualMachine, web, .merge(intent), .status)
        try await bench.rest(web)
        #expect(nova.world.servers.map(\.id) == ["server-1"])
    }

    @Test("updates what can change")
    func updates() async throws {
        try await start()
        try await bench.edit([
            "powerState": "Stopped", "metadata": ["a": "b"], "floatingIP": [:], "securityGroups": ["http"],
        ])
        try await bench.planEqualsCalls(web)
        #expect(nova.world.servers.map(\.status) == [.shutoff] && nova.world.servers.first?.metadata?["a"] == "b")
        #expect(nova.world.floatingIPs.count == 1)
        let port = try await bench.server.get(.port, object(.port, "web-0").key)
        #expect(port.spec?["securityGroups"] == ["http"])
        try await bench.edit(["powerState": "Running", "floatingIP": .null])
        try await bench.settlesAndThenDoesNothing(web)
        #expect(nova.world.servers.map(\.status) == [.active] && nova.world.floatingIPs.isEmpty)
    }

    @Test("notices outside deletion, and makes another only when asked")
    func gone() async throws {
        try await start()
        nova.edit { $0.servers = [] }
        try await bench.rest(web)
        #expect(try await vm().condition("Ready")?.reason == "Gone" && nova.world.requests.count == 1)
        try await retryNow()
        #expect(try await vm().isReady && nova.world.requests.count == 2)
    }

    private func retryNow() async throws {
        let annotations: JSON = .object(JSONObject([(VirtualMachine.retryAnnotation, .string("now"))]))
        let patch: JSON = ["metadata": ["annotations": annotations]]
        _ = try await bench.server.patch(.virtualMachine, web, .merge(patch), WriteOptions())
        try await bench.rest(web)
    }

    @Test("shows Nova's fault with its request id, and replaces the server only when asked")
    func fault() async throws {
        nova.edit { $0.status = .error }
        try await start()
        let ready = try await vm().condition("Ready")
        #expect(ready?.reason == "ServerError" && ready?.message.contains("req-42") == true)
        nova.edit { $0.status = .active }
        try await retryNow()
        #expect(nova.world.servers.map(\.id) == ["server-2"])
        #expect(try await vm().isReady)
        #expect(try await vm().status?["fault"] == nil)
    }

    @Test("a site that cannot say how a server is deletes and makes nothing")
    func unknown() async throws {
        try await start()
        nova.edit { $0.servers[0].status = .unknown }
        try await bench.runPass(web)
        #expect(try await vm().condition("Ready")?.reason == "SiteError")
        #expect(nova.world.requests.count == 1)
    }

    @Test("deletes the floating IP, the server, then its Ports")
    func deletes() async throws {
        var spec = Self.plain
        spec["floatingIP"] = [:]
        try await start(spec)
        let before = nova.world.journal.count
        try await bench.delete(web)
        #expect(nova.world.journal.dropFirst(before) == ["delete floating IP", "delete server"])
        #expect(try await bench.server.find(.port, object(.port, "web-0").key) == nil)
        #expect(try await bench.object(web) == nil)
    }

}
