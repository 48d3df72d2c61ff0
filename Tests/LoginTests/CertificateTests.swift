// SPDX-License-Identifier: Apache-2.0

import Resources
import SwiftASN1
import Synchronization
import Testing
import X509

@testable import Login

@Suite("Certificates", .timeLimit(.minutes(1)))
struct CertificateTests {
    static let now: Int64 = 1_800_000_000
    static let day: Int64 = 86400

    static func der(_ pem: String) throws -> [UInt8] { try PEMDocument(pemString: pem).derBytes }

    /// Tests may move the clock.
    final class Clock: Sendable {
        private let seconds = Mutex(CertificateTests.now)
        var now: Int64 { seconds.withLock { $0 } }
        func set(_ value: Int64) { seconds.withLock { $0 = value } }
    }

    @Test("carry the user's name, groups and organization", arguments: [nil, "acme"])
    func user(organization: String?) async throws {
        let authority = try CertificateAuthority(name: "test", now: Self.now)
        let user = UserInfo(name: "ann, \"Zoë\"", groups: ["a", "system:masters"], organization: organization)
        let issued = try authority.clientCertificate(for: user, now: Self.now)
        let authenticator = CertificateAuthenticator(authorities: [authority]) { Self.now }
        let found = try await authenticator.authenticate(
            certificate: Self.der(issued.certificatePEM), organization: organization ?? "any")
        #expect(found == user)
    }

    @Test("of an organization are refused under every other path", arguments: ["", "umbrella"])
    func path(asked: String) async throws {
        let authority = try CertificateAuthority(name: "test", now: Self.now)
        let user = UserInfo(name: "ann", organization: "acme")
        let issued = try authority.clientCertificate(for: user, now: Self.now)
        let authenticator = CertificateAuthenticator(authorities: [authority]) { Self.now }
        let der = try Self.der(issued.certificatePEM)
        // Known from a good login first, so that the memory is tested too.
        #expect(try await authenticator.authenticate(certificate: der, organization: "acme") == user)
        let error = await #expect(throws: APIError.self) {
            try await authenticator.authenticate(certificate: der, organization: asked)
        }
        #expect(error?.reason == .unauthorized)
    }

    @Test("are good from their first second to their last, also when known")
    func period() async throws {
        let authority = try CertificateAuthority(name: "test", now: Self.now)
        let issued = try authority.clientCertificate(
            for: UserInfo(name: "ann"), now: Self.now, lifetime: Self.day)
        let clock = Clock()
        let authenticator = CertificateAuthenticator(authorities: [authority]) { clock.now }
        let der = try Self.der(issued.certificatePEM)
        for (time, isGood) in [
            (Self.now, true), (Self.now - 301, false), (Self.now + Self.day, true), (Self.now + Self.day + 1, false),
        ] {
            clock.set(time)
            let user = try? await authenticator.authenticate(certificate: der, organization: "")
            #expect((user != nil) == isGood, "at \(time - Self.now)")
        }
    }

    @Test("of another authority, of servers, and of authorities are refused")
    func foreign() async throws {
        let authority = try CertificateAuthority(name: "test", now: Self.now)
        let impostor = try CertificateAuthority(name: "test", now: Self.now)
        let authenticator = CertificateAuthenticator(authorities: [authority]) { Self.now }
        let pems = [
            try impostor.clientCertificate(for: UserInfo(name: "ann"), now: Self.now).certificatePEM,
            try authority.serverCertificate(now: Self.now).certificatePEM,
            try authority.certificatePEM,
        ]
        for pem in pems {
            await #expect(throws: APIError.self) {
                try await authenticator.authenticate(certificate: Self.der(pem), organization: "")
            }
        }
        await #expect(throws: APIError.self) {
            try await authenticator.authenticate(certificate: [1, 2, 3], organization: "")
        }
    }

    @Test("of servers name their hosts and addresses")
    func server() throws {
        let authority = try CertificateAuthority(name: "test", now: Self.now)
        let issued = try authority.serverCertificate(
            hosts: ["scs.example"], addresses: ["192.0.2.7", "2001:db8::7"], now: Self.now)
        let certificate = try Certificate(pemEncoded: issued.certificatePEM)
        let names = try #require(try certificate.extensions.subjectAlternativeNames).map { "\($0)" }
        #expect(names.count == 6)
        #expect(names.contains { $0.contains("scs.example") })
        #expect(throws: CertificateError.address("scs")) {
            try authority.serverCertificate(addresses: ["scs"], now: Self.now)
        }
    }

    @Test("of an authority survive being kept, and never outlive it")
    func kept() async throws {
        let made = try CertificateAuthority(name: "test", now: Self.now, lifetime: 10 * Self.day)
        let read = try CertificateAuthority(certificatePEM: made.certificatePEM, keyPEM: made.keyPEM)
        let issued = try read.clientCertificate(for: UserInfo(name: "ann"), now: Self.now)
        #expect(issued.period.last == made.period.last)
        let authenticator = CertificateAuthenticator(authorities: [made]) { Self.now }
        #expect(
            try await authenticator.authenticate(certificate: Self.der(issued.certificatePEM), organization: "").name
                == "ann"
        )
        let other = try CertificateAuthority(name: "test", now: Self.now)
        #expect(throws: CertificateError.keyOfAnother) {
            try CertificateAuthority(certificatePEM: made.certificatePEM, keyPEM: other.keyPEM)
        }
    }

    @Test("are due for renewal in the last third of their life")
    func renewal() throws {
        let authority = try CertificateAuthority(name: "test", now: Self.now)
        let issued = try authority.serverCertificate(now: Self.now, lifetime: 30 * Self.day)
        let period = try CertificatePeriod(certificatePEM: issued.certificatePEM)
        #expect(period == issued.period)
        #expect(!period.needsRenewal(at: Self.now + 19 * Self.day))
        #expect(period.needsRenewal(at: Self.now + 20 * Self.day))
    }

    static let addresses: [(String, [UInt8]?)] = [
        ("127.0.0.1", [127, 0, 0, 1]), ("1.2.3", nil), ("1.2.3.256", nil), ("1.2.3.+4", nil), ("", nil),
        ("::1", [UInt8](repeating: 0, count: 15) + [1]), ("::", [UInt8](repeating: 0, count: 16)),
        ("2001:db8::a", [0x20, 1, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [0x0a]),
        ("1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]), ("1:2:3", nil), ("1::2::3", nil),
        ("12345::", nil), ("1:2:3:4:5:6:7::8", nil), (":1::", nil),
    ]

    @Test("read addresses", arguments: addresses)
    func address(text: String, bytes: [UInt8]?) { #expect(IPAddress.bytes(text) == bytes) }
}
