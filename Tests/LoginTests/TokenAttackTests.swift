// SPDX-License-Identifier: Apache-2.0

import Access
import Crypto
import Foundation
import JSONTree
import Resources
import Synchronization
import TestIssuer
import Testing

@testable import Login

/// What went wrong elsewhere with tokens, each by the name of its report.
@Suite("Attacks with tokens", .timeLimit(.minutes(1)))
struct TokenAttackTests {
    @Test(
        "CVE-2023-22482: a token for another client of the same issuer is refused",
        arguments: [
            ["aud": "other"], ["aud": ["other", "account"]], ["aud": ["scs", "account"], "azp": "other"],
            ["aud": ["scs", "account"], "azp": 1], ["aud": "SCS"], ["aud": ["scs ", ["scs"]]],
        ] as [JSON])
    func audience(claims: JSON) async throws {
        try await TestIssuer.run { issuer in
            let issuers = try IssuerTests.issuers(issuer)
            #expect(try await IssuerTests.refusal(issuers, try issuer.token(claims)) != nil)
        }
    }

    @Test("CVE-2022-29165: an invalid token is a 401, never anonymous, and a forged one is no user")
    func anonymous() async throws {
        try await TestIssuer.run { issuer in
            let login = Authenticators(tokens: [try IssuerTests.issuers(issuer)])
            let forged = try issuer.token(["preferred_username": "admin"], key: TestKey(id: "k1"))
            let parts = try issuer.token().split(separator: ".", omittingEmptySubsequences: false)
            let bare = "\(parts[0]).\(parts[1])."
            for token in [forged, bare, "", ".", "..", "x", "null", String(repeating: "a", count: 20000)] {
                let credentials = Credentials(bearerToken: token, organization: "acme")
                let error = await #expect(throws: APIError.self) { try await login.authenticate(credentials) }
                #expect(error?.reason == .unauthorized)
            }
            #expect(try await login.authenticate(Credentials(organization: "acme")) == nil)
        }
    }

    @Test("GHSA-7943-82jg-wmw5: an issuer whose certificate is not trusted is not believed")
    func unverifiedTLS() async throws {
        try await TestIssuer.run { issuer in
            let stranger = try CertificateAuthority(name: "stranger", now: Int64(Date().timeIntervalSince1970))
            let changes: JSON = ["issuer": ["certificateAuthority": .string(try stranger.certificatePEM)]]
            let issuers = try IssuerTests.issuers(issuer, changes)
            #expect(try await IssuerTests.refusal(issuers, try issuer.token()) != nil)
            let system = try IssuerTests.issuers(issuer, ["issuer": ["certificateAuthority": .null]])
            #expect(try await IssuerTests.refusal(system, try issuer.token()) != nil)
            #expect(issuer.count("/keys") == 0)
        }
    }

    @Test("GHSA-7943-82jg-wmw5: a discovery document of another issuer is not believed")
    func discovery() async throws {
        try await TestIssuer.run { issuer in
            issuer.change { $0.claimedIssuer = "https://other.example" }
            let issuers = try IssuerTests.issuers(issuer)
            #expect(try await IssuerTests.refusal(issuers, try issuer.token()) != nil)
            #expect(issuer.count("/keys") == 0)
        }
    }

    @Test(
        "GHSA-7943-82jg-wmw5: neither none nor a secret made of the public key signs a token",
        arguments: ["none", "None", "HS256", "HS384", "HS512", "hs256", ""])
    func algorithm(name: String) async throws {
        try await TestIssuer.run { issuer in
            let issuers = try IssuerTests.issuers(issuer)
            let parts = try issuer.token(header: ["alg": .string(name)]).split(separator: ".")
            let signed = Data("\(parts[0]).\(parts[1])".utf8)
            let key = SymmetricKey(data: Data(TestKey(id: "k1").public.bytes))
            let code = Data(HMAC<SHA256>.authenticationCode(for: signed, using: key))
            for signature in ["", TestKey.base64URL(code), String(parts[2])] {
                let token = "\(parts[0]).\(parts[1]).\(signature)"
                #expect(try await IssuerTests.refusal(issuers, token) != nil)
            }
        }
    }

    @Test("GHSA-c45c-39f6-6gw9: a deleted service account's tokens are dead at once, and none lives longer than a day")
    func deletedAccount() async throws {
        let uid = Mutex<String?>("u1")
        let keys = SigningKeys(now: IssuerTests.now)
        let tokens = ServiceAccountTokens(
            issuer: "https://scs.example", keys: { keys }, uid: { _ in uid.withLock(\.self) },
            now: { IssuerTests.now })
        let account = ServiceAccountReference(organization: "acme", namespace: "ci", name: "bot", uid: "u1")
        let (token, end) = try await tokens.issue(for: account, lifetime: .max)
        #expect(end <= IssuerTests.now + 86400)
        #expect(try await tokens.authenticate(token: token, organization: "acme") != nil)
        for other in [nil, "u2"] {
            uid.withLock { $0 = other }
            await #expect(throws: APIError.self) { try await tokens.authenticate(token: token, organization: "acme") }
        }
    }

    @Test("CVE-2025-14269: what was found out of one token serves no other, and nobody without one")
    func cache() async throws {
        try await TestIssuer.run { issuer in
            let issuers = try IssuerTests.issuers(issuer)
            let login = Authenticators(tokens: [issuers])
            let good = try issuer.token()
            #expect(try await login.authenticate(Credentials(bearerToken: good, organization: "acme"))?.name == "alice")
            let parts = good.split(separator: ".")
            let forged = "\(parts[0]).\(parts[1]).\(String(parts[2].reversed()))"
            for token in [forged, good + " ", good + "=", good.uppercased()] {
                await #expect(throws: APIError.self) {
                    try await login.authenticate(Credentials(bearerToken: token, organization: "acme"))
                }
            }
            #expect(try await login.authenticate(Credentials(organization: "acme")) == nil)
            await #expect(throws: APIError.self) {
                try await login.authenticate(Credentials(bearerToken: good, organization: "umbrella"))
            }
        }
    }
}
