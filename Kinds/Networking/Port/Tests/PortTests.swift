// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import SiteKinds
import Testing

@testable import NetworkingKinds

@Suite("Port")
struct PortTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var spec: JSON
        var old: JSON?
        var paths: [String]
    }

    static let cases = [
        Case(testDescription: "good", spec: PortScenarioTests.everything, old: PortScenarioTests.everything, paths: []),
        Case(
            testDescription: "no address",
            spec: ["network": "l", "portSecurity": true, "fixedIPs": [["address": "x"]]],
            paths: ["spec.fixedIPs[0].address"]),
        Case(
            testDescription: "groups without security",
            spec: ["network": "l", "portSecurity": false, "securityGroups": ["web"]], paths: ["spec.securityGroups"]),
        Case(
            testDescription: "another network", spec: ["network": "l", "portSecurity": true],
            old: PortScenarioTests.plain,
            paths: ["spec.network"]),
    ]

    @Test("names what is wrong", arguments: cases)
    func issues(_ given: Case) {
        let issues = Port.issues(object(.port, "web", given.spec), given.old.map { object(.port, "web", $0) })
        #expect(issues.map(\.path) == given.paths)
    }
}
