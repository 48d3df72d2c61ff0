// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import SiteKinds
import Testing

@testable import NetworkingKinds

@Suite("SecurityGroup")
struct SecurityGroupTests {
    static func spec(_ rules: JSON, egress: JSON = "AllowAll") -> JSON {
        ["site": "stuttgart", "egress": egress, "rules": rules]
    }

    static func rule(_ members: [(String, JSON)]) -> JSON {
        var rule: JSON = ["direction": "Ingress", "protocol": "tcp", "ethertype": "IPv4"]
        for (key, value) in members { rule[key] = value }
        return rule
    }

    static let https = rule([("ports", "443"), ("cidr", "0.0.0.0/0")])
    static let inside = rule([("ports", "8000-8080"), ("cidr", "10.1.2.3/8")])
    static let own = rule([("protocol", "any"), ("group", "self")])
    static let full = spec([https, inside, own])

    @Test(
        "names what is wrong with a rule",
        arguments: [
            (https, []), (own, []), (rule([("ports", "9-1")]), ["ports"]), (rule([("ports", "70000")]), ["ports"]),
            (rule([("protocol", "icmp"), ("ports", "80")]), ["ports"]), (rule([("protocol", "300")]), ["protocol"]),
            (rule([("cidr", "::/0")]), ["cidr"]), (rule([("cidr", "10.0.0.0/8"), ("group", "db")]), ["group"]),
        ] as [(JSON, [String])])
    func issues(rule: JSON, fields: [String]) {
        let issues = SecurityGroup.issues(object(.securityGroup, "web", Self.spec([rule])), nil)
        #expect(issues.map(\.path) == fields.map { "spec.rules[0].\($0)" })
    }

    @Test("refuses the same rule twice, however it is written, and another site")
    func duplicates() {
        let twice = Self.spec([Self.inside, Self.rule([("ports", "8000-8080"), ("cidr", "10.0.0.0/8")])])
        let old = object(.securityGroup, "web", ["site": "ulm", "egress": "AllowAll"])
        let issues = SecurityGroup.issues(object(.securityGroup, "web", twice), old)
        #expect(issues.map(\.path) == ["spec.rules[1]", "spec.site"])
        #expect(issues.last?.message.contains("is immutable") == true)
    }
}
