// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import Login
import TestIssuer
import Testing

@testable import ControlPlane

@Suite("People of an issuer", .timeLimit(.minutes(2)))
struct IssuerStoryTests {
    private static let whoami = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
    private static let question: JSON = ["apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"]

    @Test("log in where their issuer stands in the Organization's spec, from the next request on, and nowhere else")
    func story() async throws {
        try await TestIssuer.run { issuer in
            issuer.change { $0.now = Int64(Date().timeIntervalSince1970) }
            let server = RunningServer()
            try await server.start()
            let admin = try server.admin()
            let furnisher = Furnisher(admin: admin)
            for name in ["acme", "globex"] { try await furnisher.organization(name) }
            let alice = try admin.with(token: try issuer.token())
            let path = "/organizations/acme\(Self.whoami)"
            #expect(try await alice.send(.post, path, Self.question).status == 401)
            let organization = "/apis/management.scs.community/v1alpha1/organizations/acme"
            let bad = try await admin.patch(organization, ["spec": ["issuers": [["issuer": ["url": "http://x"]]]]])
            #expect(bad.status == 422, "\(bad.text)")
            let set = try await admin.patch(organization, ["spec": ["issuers": [Self.settings(issuer)]]])
            #expect(set.status == 200, "\(set.text)")
            let answer = try await alice.send(.post, path, Self.question)
            #expect(answer.status == 201, "\(answer.text)")
            #expect(answer.tree["status"]?["userInfo"]?["username"] == "alice")
            for other in ["", "/organizations/globex", "/organizations/*"] {
                #expect(try await alice.send(.post, other + Self.whoami, Self.question).status == 401)
            }
            let review = try await admin.send(
                .post, "/organizations/acme/apis/authentication.k8s.io/v1/tokenreviews",
                ["spec": ["token": .string(try issuer.token()), "audiences": ["scs"]]])
            #expect(review.tree["status"]?["user"]?["username"] == "alice", "\(review.text)")
            #expect(try await admin.patch(organization, ["spec": ["issuers": .null]]).status == 200)
            #expect(try await alice.send(.post, path, Self.question).status == 401)
            try await server.terminate()
        }
    }

    @Test("find the keys of service accounts where the tokens say")
    func discovery() async throws {
        let server = RunningServer()
        try await server.start(["--service-account-issuer", "https://scs.example"])
        let admin = try server.admin()
        try await Furnisher(admin: admin).organization("acme")
        for root in ["", "/organizations/acme"] {
            let document = try await admin.send(.get, "\(root)/.well-known/openid-configuration")
            #expect(document.tree["issuer"]?.string == "https://scs.example\(root)")
            #expect(document.tree["jwks_uri"]?.string == "https://scs.example\(root)/openid/v1/jwks")
            let keys = try await admin.send(.get, "\(root)/openid/v1/jwks").tree["keys"]?.array ?? []
            #expect(keys.first?["kty"] == "EC")
            #expect(keys.first?["d"] == nil)
            #expect(try await admin.with().send(.get, "\(root)/openid/v1/jwks").status == 403)
        }
        try await server.terminate()
    }

    @Test("of the provider stand in a file of upstream's format, which says what is wrong with it")
    func file() throws {
        let good = """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AuthenticationConfiguration
            jwt:
            - issuer:
                url: https://login.example
                audiences: [scs]
              claimMappings:
                username:
                  claim: sub
                  prefix: "kc:"
            """
        #expect(try AuthenticationFile(text: good, path: "f").issuers.map(\.url) == ["https://login.example"])
        for (part, other) in [("v1\n", "v9\n"), ("https:", "http:"), ("jwt:", "anonymous:"), ("[scs]", "[]")] {
            #expect(throws: AuthenticationFile.Invalid.self) {
                try AuthenticationFile(text: good.replacing(part, with: other), path: "f")
            }
        }
    }

    private static func settings(_ issuer: TestIssuer) -> JSON {
        [
            "issuer": [
                "url": .string(issuer.url), "audiences": ["scs"], "certificateAuthority": .string(issuer.authorityPEM),
            ],
            "claimMappings": ["username": ["claim": "preferred_username", "prefix": ""]],
        ]
    }
}
