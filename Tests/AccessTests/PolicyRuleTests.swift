// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Testing

@testable import Access

@Suite("A policy rule")
struct PolicyRuleTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var rule: PolicyRule
        var verb = "get"
        var target: AccessRequest.Target
        var isAllowed: Bool
    }

    static func secrets(_ name: String? = "a", subresource: String? = nil, group: String = "") -> AccessRequest.Target {
        .resource(
            GroupResource(group: group, resource: "secrets"), subresource: subresource, namespace: "demo", name: name)
    }

    static func rule(
        _ resources: [String], verbs: [String] = ["get"], groups: [String] = [""], names: [String] = []
    ) -> PolicyRule {
        PolicyRule(verbs: verbs, apiGroups: groups, resources: resources, resourceNames: names)
    }

    static func path(_ path: String) -> PolicyRule { PolicyRule(verbs: ["get"], nonResourceURLs: [path]) }

    static let cases = [
        Case(testDescription: "its resource", rule: rule(["secrets"]), target: secrets(), isAllowed: true),
        Case(testDescription: "no other resource", rule: rule(["secret"]), target: secrets(), isAllowed: false),
        Case(
            testDescription: "no other verb", rule: rule(["secrets"]), verb: "list", target: secrets(), isAllowed: false
        ),
        Case(
            testDescription: "every verb by *", rule: rule(["secrets"], verbs: ["*"]), verb: "escalate",
            target: secrets(), isAllowed: true),
        Case(
            testDescription: "no other group", rule: rule(["secrets"]), target: secrets(group: "apps"), isAllowed: false
        ),
        Case(
            testDescription: "every group by *", rule: rule(["secrets"], groups: ["*"]), target: secrets(group: "apps"),
            isAllowed: true),
        Case(
            testDescription: "a resource does not include its subresources", rule: rule(["secrets"]),
            target: secrets(subresource: "status"), isAllowed: false),
        Case(
            testDescription: "a subresource by its name", rule: rule(["secrets/status"]),
            target: secrets(subresource: "status"), isAllowed: true),
        Case(
            testDescription: "a subresource does not include its resource", rule: rule(["secrets/status"]),
            target: secrets(), isAllowed: false),
        Case(
            testDescription: "a subresource of everything", rule: rule(["*/status"]),
            target: secrets(subresource: "status"), isAllowed: true),
        Case(
            testDescription: "*/status is not */token", rule: rule(["*/status"]), target: secrets(subresource: "token"),
            isAllowed: false),
        Case(
            testDescription: "secrets/* is no pattern", rule: rule(["secrets/*"]),
            target: secrets(subresource: "status"), isAllowed: false),
        Case(
            testDescription: "* includes subresources", rule: rule(["*"]), target: secrets(subresource: "status"),
            isAllowed: true),
        Case(
            testDescription: "a name", rule: rule(["secrets"], names: ["b", "a"]), target: secrets(), isAllowed: true),
        Case(
            testDescription: "no other name", rule: rule(["secrets"], names: ["b"]), target: secrets(), isAllowed: false
        ),
        Case(
            testDescription: "names never allow a list", rule: rule(["secrets"], names: ["a"]), target: secrets(nil),
            isAllowed: false),
        Case(testDescription: "a path", rule: path("/version"), target: .path("/version"), isAllowed: true),
        Case(testDescription: "no longer path", rule: path("/api"), target: .path("/api/v1"), isAllowed: false),
        Case(
            testDescription: "a path's beginning", rule: path("/openapi/*"), target: .path("/openapi/v3"),
            isAllowed: true),
        Case(
            testDescription: "a beginning with its slash", rule: path("/api/*"), target: .path("/api"), isAllowed: false
        ),
        Case(testDescription: "every path", rule: path("*"), target: .path("/metrics"), isAllowed: true),
        Case(
            testDescription: "resources give no path", rule: rule(["*"], verbs: ["*"], groups: ["*"]),
            target: .path("/version"), isAllowed: false),
        Case(testDescription: "paths give no resource", rule: path("*"), target: secrets(), isAllowed: false),
    ]

    @Test("allows", arguments: cases)
    func allows(_ given: Case) {
        #expect(given.rule.allows(given.verb, on: given.target) == given.isAllowed)
    }

    @Test("is the same after a trip over the wire")
    func wire() {
        let rule = PolicyRule(
            verbs: ["get"], apiGroups: [""], resources: ["a"], resourceNames: ["n"], nonResourceURLs: ["/x"])
        #expect(PolicyRule(tree: rule.tree) == rule)
        #expect(PolicyRule(tree: ["verbs": "get", "resources": [1, "a"]]) == PolicyRule(verbs: [], resources: ["a"]))
    }

    struct Cover: CustomTestStringConvertible {
        var testDescription: String
        var owned: [PolicyRule]
        var wanted: PolicyRule
        var isCovered: Bool
    }

    static let covers = [
        Cover(testDescription: "itself", owned: [rule(["a"])], wanted: rule(["a"]), isCovered: true),
        Cover(
            testDescription: "by several rules together", owned: [rule(["a"]), rule(["b"])], wanted: rule(["a", "b"]),
            isCovered: true),
        Cover(testDescription: "by *", owned: [rule(["*"])], wanted: rule(["a/status"]), isCovered: true),
        Cover(testDescription: "not * by one", owned: [rule(["a"])], wanted: rule(["*"]), isCovered: false),
        Cover(
            testDescription: "a subresource by */sub", owned: [rule(["*/status"])], wanted: rule(["a/status"]),
            isCovered: true),
        Cover(
            testDescription: "not */sub by one", owned: [rule(["a/status"])], wanted: rule(["*/status"]),
            isCovered: false),
        Cover(
            testDescription: "a name by all names", owned: [rule(["a"])], wanted: rule(["a"], names: ["x"]),
            isCovered: true),
        Cover(
            testDescription: "not all names by one", owned: [rule(["a"], names: ["x"])], wanted: rule(["a"]),
            isCovered: false),
        Cover(
            testDescription: "not every verb by some", owned: [rule(["a"])], wanted: rule(["a"], verbs: ["*"]),
            isCovered: false),
        Cover(
            testDescription: "a path by a beginning", owned: [path("/api/*")], wanted: path("/api/v1"), isCovered: true),
        Cover(
            testDescription: "a narrower beginning by a wider", owned: [path("/a*")], wanted: path("/api/*"),
            isCovered: true),
        Cover(testDescription: "not a wider beginning", owned: [path("/api/*")], wanted: path("/*"), isCovered: false),
        Cover(testDescription: "nothing by nothing", owned: [], wanted: PolicyRule(verbs: []), isCovered: true),
    ]

    @Test("covers", arguments: covers)
    func coverage(_ given: Cover) {
        #expect(given.owned.covers([given.wanted]) == given.isCovered)
        #expect(given.owned.uncovered(of: [given.wanted]).isEmpty == given.isCovered)
    }
}
