// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Reconciling
import Resources
import SiteKinds
import Testing

@testable import NetworkingKinds

@Suite("FloatingIP")
struct FloatingIPTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let spec: JSON
        let paths: [String]
        var testDescription: String { spec.text }
    }

    static let cases = [
        Case(spec: [:], paths: []),
        Case(spec: ["port": "a", "fixedAddress": "10.0.0.5"], paths: []),
        Case(spec: ["externalNetwork": "None"], paths: ["spec.externalNetwork"]),
        Case(spec: ["address": "2001:db8::1"], paths: ["spec.address"]),
        Case(spec: ["port": "a", "virtualMachine": "b"], paths: ["spec.virtualMachine"]),
        Case(spec: ["port": "a", "interface": 1], paths: ["spec.interface"]),
        Case(spec: ["fixedAddress": "10.0.0.5"], paths: ["spec.fixedAddress"]),
    ]

    @Test("names the field that cannot be", arguments: cases)
    func issues(_ given: Case) {
        let base: JSON = ["site": "stuttgart", "externalNetwork": "Automatic", "deletionPolicy": "Delete"]
        let found = FloatingIP.issues(object(.floatingIP, "www", base.merging(given.spec)), nil)
        #expect(found.map(\.path) == given.paths)
    }

    @Test("holds the Port that it names, and the Router that it leads through")
    func holds() {
        var address = object(.floatingIP, "www", ["port": "eth0"])
        #expect(FloatingIPReconciler.portReferences(of: address).map(\.key.name) == ["eth0"])
        #expect(FloatingIPReconciler.routerReferences(of: address).isEmpty)
        address.status = ["router": "edge"]
        #expect(FloatingIPReconciler.routerReferences(of: address).map(\.key.name) == ["edge"])
    }
}
