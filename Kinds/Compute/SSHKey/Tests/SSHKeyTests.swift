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

@testable import ComputeKinds

@Suite("SSHKey", .timeLimit(.minutes(3)))
struct SSHKeyTests {
    static let line =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f anna@example.org"

    @Test(
        "rejects what is no public key",
        arguments: [
            (line, true), ("ssh-ed25519", false), ("ssh-rsa " + line.dropFirst(12), false), (line + "\nx", false),
            ("-----BEGIN OPENSSH PRIVATE KEY-----", false),
        ])
    func publicKey(line: String, isGood: Bool) {
        #expect(SSHKey.issues(object(.sshKey, "web", ["publicKey": .string(line)]), nil).isEmpty == isGood)
    }

    @Test("cannot change")
    func immutable() {
        let old = object(.sshKey, "web", ["publicKey": .string(Self.line)])
        let issues = SSHKey.issues(object(.sshKey, "web", ["publicKey": .string(Self.line + "x")]), old)
        #expect(issues.map(\.path) == ["spec.publicKey"] && issues.first?.message.contains("is immutable") == true)
    }

    static let other =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8eHRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgEA ben@example.org"

    static let kind = SiteKind(
        SSHKey.kind, thing: "keypair", plain: ["publicKey": .string(line)], everything: ["publicKey": .string(line)],
        update: [:], refusals: ["spec.publicKey": ["publicKey": .string(other)]],
        reconciler: { SSHKeyReconciler(cloud: .live($0), client: $1) },
        hasEverything: { world in
            let status = try await world.object().status
            return status?["type"] == "ssh-ed25519" && status?["fingerprint"]?.string?.hasPrefix("SHA256:") == true
        },
        isUpdated: { _ in true },
        foreign: { try await $0.project.nova.createKeypair(name: "anna at work", publicKey: line).name },
        remove: { try await $0.project.nova.deleteKeypair($1) }
    ).with {
        $0.isMadeOnDemand = true
        $0.otherThanForeign = ["publicKey": .string(other)]
    }

    @Test("holds the scenario", arguments: SiteScenario.allCases)
    func scenario(_ scenario: SiteScenario) async throws { try await scenario.run(Self.kind) }

    @Test("is made only where it is needed")
    func needed() async throws {
        try await SiteWorld.run(Self.kind.with { $0.isMadeOnDemand = false }) { world in
            try await world.start(Self.kind.plain)
            try await world.requireReady()
            #expect(world.made.isEmpty)
            try await SiteNeed.ask(for: try await world.object(), .sshKey, at: "stuttgart", through: world.bench.server)
            try await world.bench.settlesAndThenDoesNothing(Self.kind.key)
            #expect(world.counts == ["keypair": 1])
        }
    }
}
