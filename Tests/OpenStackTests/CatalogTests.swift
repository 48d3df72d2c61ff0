// SPDX-License-Identifier: Apache-2.0

import OpenStack
import Testing

@Suite("Addresses of services")
struct CatalogTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var url: String
        var service: ServiceType
        var root: String
        var base: String
        var testDescription: String { url }
    }

    static let cases = [
        Case(url: "http://a:9696/", service: .network, root: "http://a:9696/", base: "http://a:9696/v2.0"),
        Case(url: "http://a:9696/v2.0", service: .network, root: "http://a:9696/", base: "http://a:9696/v2.0"),
        Case(
            url: "https://a/compute/v2.1/", service: .compute, root: "https://a/compute/",
            base: "https://a/compute/v2.1"),
        Case(url: "https://a/compute", service: .compute, root: "https://a/compute/", base: "https://a/compute/v2.1"),
        Case(url: "http://a:8776/v3/0a1b", service: .volume, root: "http://a:8776/", base: "http://a:8776/v3/0a1b"),
        Case(url: "http://v2.example", service: .image, root: "http://v2.example/", base: "http://v2.example/v2"),
        Case(url: "http://a/vault/v2", service: .image, root: "http://a/vault/", base: "http://a/vault/v2"),
    ]

    @Test("an address is taken apart at its version, which is added where it is missing", arguments: cases)
    func address(_ given: Case) {
        let address = ServiceAddress(given.url, of: given.service)
        #expect(address.root == given.root)
        #expect(address.base == given.base)
    }

    private let catalog = Catalog(services: [
        .init(type: "volumev3", endpoints: [.init(interface: "public", regionID: "one", url: "http://old")]),
        .init(
            type: "block-storage",
            endpoints: [
                .init(interface: "internal", regionID: "one", url: "http://inside"),
                .init(interface: "public", regionID: "one", url: "http://one"),
                .init(interface: "public", regionID: "two", url: "http://two"),
            ]),
    ])

    @Test(
        "interface and region choose, and the current name of a service wins",
        arguments: [
            (EndpointInterface.public, "one", "http://one"), (.public, "two", "http://two"),
            (.internal, "one", "http://inside"), (.admin, "one", nil), (.public, "three", nil),
        ] as [(EndpointInterface, String, String?)])
    func choice(_ interface: EndpointInterface, region: String, expected: String?) {
        #expect(catalog.url(of: .volume, interface: interface, region: region) == expected)
    }

    @Test("regions are listed once, in order")
    func regions() { #expect(catalog.regions == ["one", "two"]) }

    @Test("microversions compare as numbers", arguments: [("2.9", "2.10"), ("2.93", "3.0")])
    func microversions(less: String, more: String) throws {
        #expect(try #require(Microversion(less)) < #require(Microversion(more)))
    }

    @Test("what is no microversion is none", arguments: ["", "2", "2.", "v2.1", "2.1.0", "latest"])
    func noMicroversion(_ text: String) { #expect(Microversion(text) == nil) }
}
