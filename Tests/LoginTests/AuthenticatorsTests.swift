// SPDX-License-Identifier: Apache-2.0

import Access
import Resources
import SwiftASN1
import Testing

@testable import Login

@Suite("Authenticators", .timeLimit(.minutes(1)))
struct AuthenticatorsTests {
    static let now: Int64 = 1_800_000_000

    struct OneToken: TokenAuthenticator {
        func review(token: String, organization: String, audiences: [String]) async throws -> TokenOwner? {
            switch token {
            case "good": return TokenOwner(user: UserInfo(name: "tom"))
            case "bad": throw APIError(.unauthorized, "the bearer token is bad")
            default: return nil
            }
        }
    }

    struct Case: CustomTestStringConvertible {
        var token: String?
        var hasCertificate: Bool
        /// Absent when the request must be refused; empty for anonymous.
        var user: String?
        var testDescription: String { "\(token ?? "no") token, \(hasCertificate ? "a" : "no") certificate" }
    }

    static let cases = [
        Case(token: nil, hasCertificate: false, user: ""), Case(token: nil, hasCertificate: true, user: "cora"),
        Case(token: "good", hasCertificate: false, user: "tom"), Case(token: "good", hasCertificate: true, user: "tom"),
        Case(token: "bad", hasCertificate: false), Case(token: "bad", hasCertificate: true),
        Case(token: "other", hasCertificate: true), Case(token: "", hasCertificate: false),
    ]

    @Test("find out who asks", arguments: cases)
    func authenticate(_ given: Case) async throws {
        let authority = try CertificateAuthority(name: "test", now: Self.now)
        let issued = try authority.clientCertificate(for: UserInfo(name: "cora"), now: Self.now)
        let authenticators = Authenticators(
            tokens: [OneToken()], certificates: CertificateAuthenticator(authorities: [authority]) { Self.now })
        let certificate = try PEMDocument(pemString: issued.certificatePEM).derBytes
        let credentials = Credentials(
            bearerToken: given.token, certificate: given.hasCertificate ? certificate : nil)
        guard let name = given.user else {
            let error = await #expect(throws: APIError.self) { try await authenticators.authenticate(credentials) }
            #expect(error?.reason == .unauthorized)
            return
        }
        let user = try await authenticators.authenticate(credentials)
        #expect(user?.name ?? "" == name)
        #expect(user?.groups ?? [GroupName.authenticated] == [GroupName.authenticated])
    }
}
