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

@Suite("VolumeSnapshot at a simulated site", .timeLimit(.minutes(3)))
struct VolumeSnapshotScenarioTests {
    typealias World = SiteWorld<VolumeSnapshotReconciler>

    static let plain: JSON = ["volume": "data"]

    static let kind = SiteKind(
        VolumeSnapshot.kind, thing: "snapshot", plain: plain,
        everything: ["volume": "data", "metadata": ["team": "shop"]],
        update: ["metadata": ["team": "bar"]], refusals: ["spec.volume": ["volume": "other"]],
        reconciler: { VolumeSnapshotReconciler(cloud: .live($0), client: $1) },
        hasEverything: { world in
            let snapshot = try await snapshot(world)
            return snapshot.size == 10 && snapshot.metadata?["team"] == "shop" && snapshot.name == "web"
        },
        isUpdated: { world in
            let metadata = try await snapshot(world).metadata
            return metadata?["team"] == "bar" && metadata?["scs"] != nil
        },
        foreign: { world in
            let volume = try await volume(world)
            return try await world.project.cinder.createSnapshot(.init(name: "Monday", volumeID: volume)).id
        },
        remove: { try await $0.project.cinder.deleteSnapshot($1) }
    ).with {
        $0.prepare = prepare
        $0.reasonWhenGone = "Gone"
        $0.otherThanForeign = plain.merging(["metadata": ["team": "shop"]])
        $0.drift = (
            "spec.metadata", { try await $0.project.cinder.setMetadata(["team": "theirs"], ofSnapshot: $1) }
        )
    }

    /// A Volume that is at the site.
    @Sendable static func prepare(_ world: World) async throws {
        try await world.putPlace()
        let volume = try await world.project.cinder.createVolume(.init(name: "data", size: 10))
        try await world.put(.volume, "data", spec: ["site": "stuttgart"], status: ["id": .string(volume.id)])
    }

    static func volume(_ world: World) async throws -> String {
        let key = ObjectKey(organization: "acme", namespace: "demo", name: "data")
        return try await world.bench.server.get(.volume, key).status?["id"]?.string ?? ""
    }

    static func snapshot(_ world: World) async throws -> Cinder.Snapshot {
        try await world.project.cinder.snapshot(try await world.object().status?["id"]?.string ?? "")
    }

    @Test("holds the scenario", arguments: SiteScenario.allCases)
    func scenario(_ scenario: SiteScenario) async throws { try await scenario.run(Self.kind) }

    @Test("takes over no snapshot of another volume")
    func otherVolume() async throws {
        try await World.run(Self.kind) { world in
            try await world.prepare()
            let cinder = try world.project.cinder
            let other = try await cinder.createVolume(.init(name: "other", size: 1))
            let snapshot = try await cinder.createSnapshot(.init(name: "then", volumeID: other.id))
            try await world.put(Self.plain, importing: snapshot.id)
            try await world.bench.rest(Self.kind.key)
            let ready = try await world.object().condition("Ready")
            #expect(ready?.reason == "ImportDiffers" && ready?.message.contains("spec.volume") == true)
        }
    }
}
