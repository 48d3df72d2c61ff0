// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds
import Testing

@testable import NetworkingKinds

@Suite("Network")
struct NetworkTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var subnets: JSON
        var old: JSON?
        var paths: [String]
    }

    static let good: JSON = [["name": "a", "cidr": "10.0.0.0/24"]]

    static let cases = [
        Case(testDescription: "good", subnets: good, old: good, paths: []),
        Case(
            testDescription: "not the first address", subnets: [["name": "a", "cidr": "10.0.0.1/24"]],
            paths: ["spec.subnets[0].cidr"]),
        Case(
            testDescription: "gateway elsewhere",
            subnets: [["name": "a", "cidr": "10.0.0.0/24", "gateway": "10.0.1.1"]],
            paths: ["spec.subnets[0].gateway"]),
        Case(
            testDescription: "a name server anywhere, but an address",
            subnets: [["name": "a", "cidr": "10.0.0.0/24", "dnsServers": ["9.9.9.9", "dns"]]],
            paths: ["spec.subnets[0].dnsServers[1]"]),
        Case(
            testDescription: "a pool backwards",
            subnets: [
                ["name": "a", "cidr": "fd00::/64", "allocationPools": [["start": "fd00::9", "end": "fd00::1"]]]
            ], paths: ["spec.subnets[0].allocationPools[0].end"]),
        Case(
            testDescription: "overlapping",
            subnets: [["name": "a", "cidr": "10.0.0.0/16"], ["name": "b", "cidr": "10.0.9.0/24"]],
            paths: ["spec.subnets[1].cidr"]),
        Case(
            testDescription: "another range", subnets: [["name": "a", "cidr": "10.0.1.0/24"]], old: good,
            paths: ["spec.subnets[0].cidr"]),
        Case(
            testDescription: "a subnet goes, another comes", subnets: [["name": "b", "cidr": "10.0.0.0/24"]], old: good,
            paths: []),
    ]

    static func network(_ subnets: JSON, site: JSON = "stuttgart", external: JSON = "None") -> Object {
        object(.network, "web", ["site": site, "externalNetwork": external, "subnets": subnets])
    }

    @Test("names what is wrong", arguments: cases)
    func issues(_ given: Case) {
        let issues = Network.issues(Self.network(given.subnets), given.old.map { Self.network($0) })
        #expect(issues.map(\.path) == given.paths)
    }

    @Test("says that the site is immutable")
    func site() {
        let issues = Network.issues(Self.network(Self.good, site: "ulm"), Self.network(Self.good))
        #expect(issues.map(\.path) == ["spec.site"])
        #expect(issues.first?.message.contains("is immutable") == true)
    }

    @Test("has one subnet when none is given")
    func defaults() {
        let complete = Network.schema.defaulted(object(.network, "web", ["site": "stuttgart"]).tree)
        #expect(complete["spec"]?["subnets"] == [["name": "default", "cidr": "10.0.0.0/24", "dhcp": true]])
        #expect(complete["spec"]?["externalNetwork"] == "None")
    }

    /// Knows one site.
    struct Sites: ObjectReader {
        var externalNetworks: JSON
        func object(_ type: ResourceType, _ key: ObjectKey) async throws -> Object? {
            guard key.organization.isEmpty else { return nil }
            return ready(.site, key.name, status: ["externalNetworks": externalNetworks])
        }
        func objects(_ type: ResourceType, in scope: Scope) async throws -> [Object] { [] }
    }

    static let one: JSON = [["name": "public", "id": "1"]]
    static let two: JSON = [["name": "public", "id": "1"], ["name": "dmz", "id": "2"]]

    @Test(
        "takes an external network that the site offers, and names the offer otherwise",
        arguments: [
            ("None", [], nil), ("Automatic", one, nil), ("dmz", two, nil), ("Automatic", two, "it offers dmz, public"),
            ("Automatic", [], "it offers none"), ("dmz", one, "it offers public"),
        ] as [(String, JSON, String?)])
    func admission(wish: String, offer: JSON, message: String?) async throws {
        let request = AdmissionRequest(
            operation: .create, object: Self.network(Self.good, external: .string(wish)),
            user: UserInfo(name: "ann", groups: [], organization: "acme"), objects: Sites(externalNetworks: offer))
        do {
            _ = try await Network.kind.admission(request)
            #expect(message == nil)
        } catch let error as APIError {
            #expect(message.map { error.message.contains($0) } == true)
        }
    }

    @Test(
        "compares ranges by value",
        arguments: [
            ("10.1.2.3/8", "10.0.0.0/8", true), ("10.0.0.0/8", "10.0.0.0/9", false),
            ("2001:db8::/32", "2001:0db8:0:0::/32", true), ("::ffff:1.2.3.4/128", "::ffff:102:304/128", true),
        ])
    func ranges(one: String, other: String, isEqual: Bool) throws {
        #expect((try #require(IPRange(one)) == (try #require(IPRange(other)))) == isEqual)
    }

    @Test(
        "takes no nonsense for a range", arguments: ["", "10.0.0.0", "10.0.0.0/33", "1::2::3/64", "10.0.0/8", "g::/8"])
    func nonsense(text: String) { #expect(IPRange(text) == nil) }
}
