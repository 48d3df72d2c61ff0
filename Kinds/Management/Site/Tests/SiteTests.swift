// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import OpenStack
import RESTClient
import Reconciling
import ReconcilingTesting
import Resources
import SiteKinds
import Testing

@testable import ManagementKinds

@Suite("Site", .timeLimit(.minutes(1)))
struct SiteTests {
    struct World: Sendable {
        var accesses: [String: SiteAccess] = [:]
        var offers: Result<Site.Status, OpenStackError> = .success(Site.Status())
    }

    static let key = ObjectKey(organization: "", name: "stuttgart")
    static let flavor = Site.Status.Flavor(name: "SCS-2V-4", id: "1", vcpus: 2, ramMiB: 4096, diskGiB: 0)

    let world = Recorder(World())

    func bench(_ spec: JSON? = nil, clouds: String? = cloudsFile) async throws -> Bench<SiteReconciler> {
        let cloud = SiteCloud(
            register: { name, access in world.change { $0.accesses[name] = access } },
            learn: { _ in try world.now.offers.get() },
            forget: { name in world.change { $0.accesses[name] = nil } })
        let bench = Bench(SiteReconciler(cloud: cloud))
        if let clouds { try await bench.put(secret("stuttgart", ["clouds.yaml": clouds]), .secret) }
        let spec = spec ?? ["credentialsRef": ["name": "stuttgart", "cloud": "demo"], "settleSeconds": 7]
        try await bench.put(object(.site, "stuttgart", spec: spec.merged(["access": "project"])))
        return bench
    }

    @Test("creates: is known, and shows what it offers; settles and then does nothing")
    func creates() async throws {
        world.change { $0.offers = .success(Site.Status(regions: ["one"], flavors: [Self.flavor])) }
        let bench = try await bench()
        try await bench.settlesAndThenDoesNothing(Self.key)
        let status = try #require(try await bench.object(Self.key)?.status)
        #expect(status["flavors"]?.array?.first?["name"] == "SCS-2V-4")
        let access = try #require(world.now.accesses["stuttgart"])
        #expect(access.level == .observing)
        #expect(access.settle == .seconds(7))
        #expect(access.cloud.region == "one")
    }

    @Test("creates with everything: region, endpoints and certificates replace those of the file")
    func everything() async throws {
        let bench = try await bench([
            "credentialsRef": ["name": "stuttgart"], "settleSeconds": 60, "region": "two",
            "endpoints": ["compute": "http://nova.example"],
            "caCertificate": "-----BEGIN CERTIFICATE-----",
        ])
        try await bench.rest(Self.key)
        let cloud = try #require(world.now.accesses["stuttgart"]?.cloud)
        #expect(cloud.region == "two")
        #expect(cloud.endpoints == [.compute: "http://nova.example"])
        #expect(cloud.trust == Trust(.systemAnd(pem: "-----BEGIN CERTIFICATE-----")))
    }

    @Test("keeps what it knows when the site is away, or says nothing", arguments: [true, false])
    func keeps(isAway: Bool) async throws {
        world.change { $0.offers = .success(Site.Status(flavors: [Self.flavor])) }
        let bench = try await bench()
        try await bench.rest(Self.key)
        world.change { $0.offers = isAway ? .failure(unreachable) : .success(Site.Status(flavors: [])) }
        try await bench.runPass(Self.key)
        let site = try #require(try await bench.object(Self.key))
        #expect(site.status?["flavors"]?.array?.count == 1)
        let ready = try #require(site.condition("Ready"))
        #expect(ready.status == (isAway ? .unknown : .yes))
        #expect(ready.reason == (isAway ? "SiteError" : "Settled"))
    }

    @Test(
        "rejects a credential that cannot be used, and names the key but no value",
        arguments: [
            (nil, "does not exist"), ("clouds:\n  demo:\n    token: hunter2", "clouds.demo.token"),
            ("clouds:\n  other: {}", "clouds.demo"),
        ] as [(String?, String)])
    func rejects(clouds: String?, words: String) async throws {
        let bench = try await bench(clouds: clouds)
        try await bench.rest(Self.key)
        let ready = try #require(try await bench.object(Self.key)?.condition("Ready"))
        #expect(ready.reason == "InvalidCredential")
        #expect(ready.message.contains(words))
        #expect(!ready.message.contains("hunter2"))
    }

    @Test("deletes: is forgotten, whether its credential is still there or not")
    func deletes() async throws {
        let bench = try await bench()
        try await bench.rest(Self.key)
        try await bench.server.delete(.secret, CredentialSecret.key("stuttgart"), .init())
        try await bench.delete(Self.key)
        #expect(try await bench.object(Self.key) == nil)
        #expect(world.now.accesses.isEmpty)
    }

    @Test(
        "refuses addresses and services that it does not know",
        arguments: [
            ("compute", "http://a", []), ("compute", "ftp://a", ["spec.endpoints[compute]"]),
            ("compute", "http://u@a", ["spec.endpoints[compute]"]), ("dns", "http://a", ["spec.endpoints[dns]"]),
        ])
    func issues(service: String, url: String, paths: [String]) {
        let endpoints = JSON.object(JSONObject([(service, .string(url))]))
        #expect(Site.issues(object(.site, "a", spec: ["endpoints": endpoints]), nil).map(\.path) == paths)
    }
}

extension JSON {
    fileprivate func merged(_ other: JSON) -> JSON {
        var merged = self
        for member in other.object?.members ?? [] { merged[member.key] = member.value }
        return merged
    }
}
