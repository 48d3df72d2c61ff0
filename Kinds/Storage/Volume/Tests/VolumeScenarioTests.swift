// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import OpenStack
import OpenStackSimulator
import Reconciling
import ReconcilingTesting
import Resources
import Schemas
import SiteKindContract
import SiteKinds
import TestTime
import Testing

@testable import StorageKinds

@Suite("Volume at a simulated site", .timeLimit(.minutes(3)))
struct VolumeScenarioTests {
    typealias World = SiteWorld<VolumeReconciler>

    static let plain: JSON = ["site": "stuttgart", "sizeGiB": 10]
    static let everything: JSON = [
        "site": "stuttgart", "sizeGiB": 10, "type": "ssd", "source": ["image": "Debian 12"], "bootable": false,
        "metadata": ["team": "shop"], "openstack": ["availabilityZone": "nova"],
    ]

    static let kind = SiteKind(
        Volume.kind, thing: "volume", plain: plain, everything: everything,
        update: ["sizeGiB": 12, "type": "__DEFAULT__", "bootable": true, "metadata": ["team": "bar"]],
        refusals: [
            "spec.site": ["site": "ulm"], "spec.sizeGiB": ["sizeGiB": 9], "spec.source": ["source": ["image": "x"]],
        ],
        reconciler: { VolumeReconciler(cloud: .live($0), client: $1) },
        hasEverything: { world in
            let volume = try await volume(world)
            return volume.size == 10 && volume.volumeType == "ssd" && volume.isBootable == "false"
                && volume.metadata?["team"] == "shop" && volume.name == "web"
        },
        isUpdated: { world in
            let volume = try await volume(world)
            return volume.size == 12 && volume.volumeType == "__DEFAULT__" && volume.isBootable == "true"
                && volume.metadata?["team"] == "bar" && volume.metadata?["scs"] != nil
        },
        foreign: { try await $0.project.cinder.createVolume(.init(name: "Prod data", size: 10)).id },
        remove: { try await $0.project.cinder.deleteVolume($1) }
    ).with {
        $0.reasonWhenGone = "Gone"
        $0.rejections = [
            "NotOffered": plain.merging(["source": ["image": "Plan 9"]]), "Refused": plain.merging(["type": "nope"]),
        ]
        $0.otherThanForeign = plain.merging(["sizeGiB": 20])
        $0.drift = (
            "spec.metadata", { try await $0.project.cinder.setMetadata(["team": "theirs"], ofVolume: $1) }
        )
    }

    static func volume(_ world: World) async throws -> Cinder.Volume {
        try await world.project.cinder.volume(try await world.object().status?["id"]?.string ?? "")
    }

    @Test("holds the scenario", arguments: SiteScenario.allCases)
    func scenario(_ scenario: SiteScenario) async throws { try await scenario.run(Self.kind) }

    @Test("is made of a snapshot and of another volume, once these are there", arguments: ["snapshot", "volume"])
    func sources(noun: String) async throws {
        try await World.run(Self.kind) { world in
            try await world.prepare()
            let cinder = try world.project.cinder
            let origin = try await cinder.createVolume(.init(name: "origin", size: 10))
            let snapshot = try await cinder.createSnapshot(.init(name: "then", volumeID: origin.id))
            try await world.put(
                Self.plain.merging(["source": noun == "volume" ? ["volume": "first"] : ["snapshot": "first"]]))
            try await world.bench.rest(Self.kind.key)
            #expect(try await world.object().condition("Ready")?.reason == "Waiting")
            let (type, id) = noun == "volume" ? (ResourceType.volume, origin.id) : (.volumeSnapshot, snapshot.id)
            try await world.put(type, "first", status: ["id": .string(id)])
            try await world.bench.settlesAndThenDoesNothing(Self.kind.key)
            #expect(world.counts["volume"] == 2 && world.counts["snapshot"] == 1)
        }
    }

    @Test("is deleted once no server has it, and grows while one has it")
    func inUse() async throws {
        try await World.run(Self.kind) { world in
            try await world.start(Self.plain)
            let project = try world.project
            let offers = try await world.bench.server.get(.site, ObjectKey(organization: "", name: "stuttgart")).status
            let flavor = offers?["flavors"]?.array?.first { $0["name"] == "SCS-1V-2-5" }?["id"]?.string ?? ""
            let image = offers?["images"]?.array?.first?["id"]?.string
            let server = try await project.nova.createServer(.init(name: "db", flavor: flavor, image: image)).id
            let id = try await Self.volume(world).id
            _ = try await project.nova.attachVolume(id, toServer: server)
            try await world.edit(["sizeGiB": 11])
            try await world.bench.settlesAndThenDoesNothing(Self.kind.key)
            let status = try await world.object().status
            #expect(status?["phase"] == "InUse" && status?["sizeGiB"] == 11)
            #expect(status?["attachments"]?[0]?["serverID"] == .string(server))
            try await world.bench.server.delete(.volume, Self.kind.key, DeleteOptions())
            try await world.bench.runPass(Self.kind.key)
            #expect(try await world.object().condition("Ready")?.message.contains(server) == true)
            try await project.nova.detachVolume(id, fromServer: server)
            try await world.bench.rest(Self.kind.key)
            #expect(try await world.bench.object(Self.kind.key) == nil && world.counts == ["server": 1])
        }
    }

    @Test("says that it is larger at the site than wished, and goes on once the spec says so too")
    func larger() async throws {
        try await World.run(Self.kind) { world in
            try await world.start(Self.plain)
            try await world.project.cinder.extendVolume(try await Self.volume(world).id, to: 15)
            try await world.bench.rest(Self.kind.key)
            let ready = try await world.object().condition("Ready")
            #expect(ready?.reason == "LargerThanWanted" && ready?.message.contains("spec.sizeGiB to 15") == true)
            try await world.edit(["sizeGiB": 15])
            try await world.bench.settlesAndThenDoesNothing(Self.kind.key)
        }
    }
}
