// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONTree
import Resources
import Testing

@testable import Login

/// Whatever bytes are shown to prove who somebody is: no crash, and nobody is let in.
@Suite("Hostile credentials", .timeLimit(.minutes(1)))
struct LoginFuzzTests {
    /// Takes damaged copies of the corpus; the same seed gives the same ones.
    struct Mutator {
        var state: UInt64
        let corpus: [[UInt8]]

        mutating func number(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(limit, 1)))
        }

        mutating func next() -> [UInt8] {
            var bytes = corpus[number(below: corpus.count)]
            for _ in 0...number(below: 4) {
                let place = number(below: bytes.count)
                switch number(below: 5) {
                case 0 where !bytes.isEmpty: bytes[place] ^= UInt8(1 << number(below: 8))
                case 1 where !bytes.isEmpty: bytes.remove(at: place)
                case 2: bytes.insert(UInt8(number(below: 256)), at: place)
                case 3: bytes = Array(bytes.prefix(place))
                default:
                    let other = corpus[number(below: corpus.count)]
                    bytes = Array(bytes.prefix(place)) + other.suffix(number(below: other.count))
                }
            }
            return bytes
        }
    }

    static let seed: UInt64 = 20_261_124
    static let count = 2000

    static func corpus(_ name: String) throws -> [[UInt8]] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpora/\(name)")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            [UInt8](try Data(contentsOf: folder.appending(path: $0)))
        }
    }

    static func inputs(_ name: String) throws -> [[UInt8]] {
        let corpus = try corpus(name)
        var mutator = Mutator(state: seed, corpus: corpus)
        return corpus + (0..<count).map { _ in mutator.next() }
    }

    @Test("tokens let nobody in")
    func tokens() async throws {
        let keys = SigningKeys(now: IssuerTests.now)
        let accounts = ServiceAccountTokens(
            issuer: "https://scs.example", keys: { keys }, uid: { $0.uid }, now: { IssuerTests.now })
        for (index, bytes) in try Self.inputs("tokens").enumerated() {
            let text = String(decoding: bytes, as: UTF8.self)
            do {
                let owner = try await accounts.review(token: text, organization: "", audiences: [])
                #expect(owner == nil, "input \(index) of seed \(Self.seed)")
            } catch let error as APIError {
                #expect(error.reason == .unauthorized)
            }
            if let token = WebToken(text) {
                let key: JSON = ["kty": "EC", "crv": "P-256", "x": token.header["kid"] ?? "AA", "y": "AA"]
                #expect(await !TokenSignature.isGood(token, by: key))
            }
        }
    }

    @Test("certificates let nobody in")
    func certificates() async throws {
        let authority = try CertificateAuthority(name: "ours", now: IssuerTests.now)
        let login = CertificateAuthenticator(authorities: [authority], now: { IssuerTests.now })
        for (index, bytes) in try Self.inputs("certificates").enumerated() {
            let error = await #expect(throws: APIError.self, "input \(index) of seed \(Self.seed)") {
                try await login.authenticate(certificate: bytes, organization: "acme")
            }
            #expect(error?.reason == .unauthorized)
        }
    }
}
