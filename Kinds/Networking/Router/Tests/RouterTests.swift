// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Reconciling
import Resources
import SiteKinds
import Testing

@testable import NetworkingKinds

@Suite("Router")
struct RouterTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let spec: JSON
        let path: String
        var testDescription: String { path }
    }

    static let cases = [
        Case(spec: ["externalNetwork": "None", "snat": true], path: "spec.snat"),
        Case(
            spec: ["routes": [["destination": "10.0.0.0/24", "nextHop": "here"]]], path: "spec.routes[0].nextHop"),
        Case(
            spec: ["routes": [["destination": "10.0.0.7/24", "nextHop": "10.1.0.1"]]],
            path: "spec.routes[0].destination"),
        Case(
            spec: ["routes": [["destination": "10.0.0.0/24", "nextHop": "fd00::1"]]],
            path: "spec.routes[0].nextHop"),
    ]

    @Test("names the field that cannot be", arguments: cases)
    func issues(_ given: Case) {
        let spec = (["site": "stuttgart", "externalNetwork": "Automatic"] as JSON).merging(given.spec)
        #expect(Router.issues(object(.router, "edge", spec), nil).map(\.path) == [given.path])
    }

    @Test("takes routes of both IP versions")
    func takes() {
        let spec: JSON = [
            "site": "stuttgart", "externalNetwork": "Automatic", "snat": false,
            "routes": [
                ["destination": "10.0.0.0/24", "nextHop": "10.1.0.1"],
                ["destination": "fd00:9::/64", "nextHop": "fd00:1::9"],
            ],
        ]
        #expect(Router.issues(object(.router, "edge", spec), nil).isEmpty)
    }

    @Test("needs its Networks ready to be made, and only there to be kept")
    func needs() {
        var router = object(.router, "edge", ["site": "stuttgart", "networks": [["network": "lan"]]])
        #expect(RouterReconciler.references(of: router).last?.need == .ready)
        router.status = ["id": "r"]
        #expect(RouterReconciler.references(of: router).last?.need == .present)
    }
}
