// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Testing

@testable import Login

@Suite("Issuer settings")
struct IssuerSettingsTests {
    static let good: JSON = [
        "issuer": ["url": "https://login.example/realms/a", "audiences": ["scs"]],
        "claimMappings": ["username": ["claim": "sub", "prefix": "kc:"]],
    ]

    static func with(_ changes: JSON) -> JSON { good.merging(changes) }

    static func paths(_ tree: JSON) -> [String] { IssuerSettings.read([tree], at: "jwt").issues.map(\.path) }

    @Test("that are good have no issue")
    func fine() {
        #expect(Self.paths(Self.good) == [])
        #expect(
            IssuerSettings.read([Self.good], at: "jwt").issuers.first?.discoveryAddress
                == "https://login.example/realms/a/.well-known/openid-configuration")
    }

    static let faults: [(JSON, String)] = [
        (["issuer": ["url": "http://login.example"]], "issuer.url"), (["issuer": ["url": .null]], "issuer.url"),
        (["issuer": ["url": "https://a@b"]], "issuer.url"), (["issuer": ["url": "https://a/?x=1"]], "issuer.url"),
        (["issuer": ["discoveryURL": "ftp://a"]], "issuer.discoveryURL"),
        (["issuer": ["audiences": []]], "issuer.audiences"),
        (["issuer": ["audiences": ["a", "b"]]], "issuer.audienceMatchPolicy"),
        (["issuer": ["certificateAuthority": "x"]], "issuer.certificateAuthority"),
        (["claimMappings": ["username": .null]], "claimMappings.username"),
        (["claimMappings": ["username": ["prefix": .null]]], "claimMappings.username.prefix"),
        (["claimMappings": ["username": ["expression": "claims.sub"]]], "claimMappings.username"),
        (
            ["claimMappings": ["username": ["claim": .null, "prefix": .null, "expression": "1"]]],
            "claimMappings.username.expression"
        ),
        (
            ["claimMappings": ["username": ["claim": .null, "prefix": .null, "expression": "claims.email"]]],
            "claimMappings.username.expression"
        ),
        (["claimMappings": ["groups": ["expression": "claims."]]], "claimMappings.groups.expression"),
        (["claimMappings": ["extra": [["key": "x", "valueExpression": "'a'"]]]], "claimMappings.extra[0].key"),
        (["claimMappings": ["extra": [["key": "k8s.io/x", "valueExpression": "'a'"]]]], "claimMappings.extra[0].key"),
        (["claimValidationRules": [["claim": "a", "expression": "true"]]], "claimValidationRules[0]"),
        (["claimValidationRules": [["expression": "1"]]], "claimValidationRules[0].expression"),
        (["userValidationRules": [["expression": "user.nick == 'a'"]]], "userValidationRules[0].expression"),
    ]

    @Test("that are not good say where", arguments: faults)
    func faulty(changes: JSON, path: String) {
        #expect(Self.paths(Self.with(changes)) == ["jwt[0].\(path)"])
    }

    @Test("hold an address once")
    func twice() {
        #expect(IssuerSettings.read([Self.good, Self.good], at: "jwt").issues.map(\.path) == ["jwt[1].issuer.url"])
    }

    @Test("make a user of claims by expressions")
    func expressions() throws {
        let tree = Self.with([
            "claimMappings": [
                "username": [
                    "claim": .null, "prefix": .null,
                    "expression": "claims.email_verified ? 'mail:' + claims.email : 'sub:' + claims.sub",
                ],
                "groups": ["expression": "claims.roles.split(',')"], "uid": ["claim": "sub"],
                "extra": [["key": "example.org/team", "valueExpression": "claims.team"]],
            ],
            "claimValidationRules": [
                ["claim": "hd", "requiredValue": "example.org"],
                ["expression": "claims.level >= 2", "message": "log in with a second factor"],
            ],
            "userValidationRules": [
                ["expression": "user.groups.all(g, g != 'banned') && user.extra['example.org/team'].size() == 1"]
            ],
        ])
        let (issuers, issues) = IssuerSettings.read([tree], at: "jwt")
        try #require(issues.isEmpty, "\(issues)")
        let settings = try #require(issuers.first)
        var claims: JSON = [
            "sub": "1", "email": "a@example.org", "email_verified": true, "roles": "dev,ops", "team": "blue",
            "hd": "example.org", "level": 2,
        ]
        let user = try settings.user(of: claims, organization: "acme")
        #expect(user.name == "mail:a@example.org")
        #expect(user.groups == ["dev", "ops"])
        #expect(user.uid == "1")
        #expect(user.extra == ["example.org/team": ["blue"]])
        for (claim, value) in [
            ("level", JSON.integer(1)), ("hd", "x"), ("roles", "banned"), ("roles", "system:masters"),
        ] {
            var other = claims
            other[claim] = value
            #expect(throws: APIError.self) { try settings.user(of: other, organization: "acme") }
        }
        claims["email_verified"] = false
        #expect(try settings.user(of: claims, organization: nil).name == "sub:1")
    }

    @Test("want an address to be verified")
    func email() throws {
        let tree = Self.with(["claimMappings": ["username": ["claim": "email", "prefix": ""]]])
        let settings = try #require(IssuerSettings.read([tree], at: "jwt").issuers.first)
        #expect(try settings.user(of: ["email": "a@b", "email_verified": true], organization: nil).name == "a@b")
        #expect(throws: APIError.self) {
            try settings.user(of: ["email": "a@b", "email_verified": false], organization: nil)
        }
    }
}
