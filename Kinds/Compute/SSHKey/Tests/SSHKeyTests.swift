// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import OpenStack
import Reconciling
import ReconcilingTesting
import Resources
import SiteKinds
import Synchronization
import TestTime
import Testing

@testable import ComputeKinds

@Suite("SSHKey", .timeLimit(.minutes(1)))
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

    /// Keypairs in memory, by name.
    final class Keypairs: Sendable {
        let keys = Mutex<[String: String]>([:])
        let losesAnswer = Mutex(false)

        var cloud: SSHKeyCloud {
            SSHKeyCloud(
                keypair: { _, name in
                    guard let key = self.keys.withLock({ $0[name] }) else { throw FakeNova.error(.notFound) }
                    return try Self.keypair(name, key)
                },
                createKeypair: { _, name, key in
                    guard self.keys.withLock({ $0.updateValue(key, forKey: name) }) == nil else {
                        throw FakeNova.error(.conflict)
                    }
                    if self.losesAnswer.withLock({ $0 }) { throw FakeNova.error(.lost) }
                    return try Self.keypair(name, key)
                },
                deleteKeypair: { _, name in
                    guard self.keys.withLock({ $0.removeValue(forKey: name) }) != nil else {
                        throw FakeNova.error(.notFound)
                    }
                })
        }

        static func keypair(_ name: String, _ key: String) throws -> Nova.Keypair {
            let tree: JSON = ["name": .string(name), "public_key": .string(key)]
            return try tree.decode(Nova.Keypair.self)
        }
    }

    @Test(
        "is made only where it is needed, adopted after a lost answer, and removed everywhere",
        arguments: [false, true])
    func life(losesAnswer: Bool) async throws {
        let keypairs = Keypairs()
        keypairs.losesAnswer.withLock { $0 = losesAnswer }
        let clock = TestClock()
        let server = MemoryObjectClient(time: Timekeeper(clock))
        let bench = Bench(SSHKeyReconciler(cloud: keypairs.cloud, client: server), clock: clock, server: server)
        try await bench.putPlace()
        let key = try await bench.put(object(.sshKey, "web", ["publicKey": .string(Self.line)]))
        try await bench.settlesAndThenDoesNothing(web)
        #expect(keypairs.keys.withLock { $0.isEmpty })
        try await SiteNeed.ask(for: key, .sshKey, at: "stuttgart", through: server)
        try await bench.settlesAndThenDoesNothing(web)
        let name = "scs-\(key.metadata.uid ?? "")"
        #expect(keypairs.keys.withLock { $0 } == [name: Self.line])
        let made = try #require(try await bench.object(web))
        #expect(SiteNeed.id(of: made, at: "stuttgart") == name)
        #expect(
            made.status?["type"] == "ssh-ed25519" && made.status?["fingerprint"]?.string?.hasPrefix("SHA256:") == true)
        try await bench.delete(web)
        #expect(keypairs.keys.withLock { $0.isEmpty })
        #expect(try await bench.object(web) == nil)
    }
}
