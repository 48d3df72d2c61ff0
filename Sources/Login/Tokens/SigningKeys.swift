// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
package import JSONTree

/// A key that signs service-account tokens (ES256), and the name by which a token says that it did.
package struct SigningKey: Hashable, Sendable {
    /// The key's id, `kid` in a token's header.
    package let id: String
    /// Seconds since 1970.
    package let since: Int64
    let pem: String

    package init(now: Int64) {
        let key = P256.Signing.PrivateKey()
        id = Self.id(of: key)
        since = now
        pem = key.pemRepresentation
    }

    /// Reads a key that was kept; absent when it is damaged.
    package init?(tree: JSON) {
        guard let pem = tree["pem"]?.string, let since = tree["since"]?.integer,
            let key = try? P256.Signing.PrivateKey(pemRepresentation: pem)
        else { return nil }
        id = Self.id(of: key)
        self.since = since
        self.pem = pem
    }

    /// The key for the encrypted store; secret.
    package var tree: JSON { ["pem": .string(pem), "since": .integer(since)] }

    /// The half that verifies, as a JSON web key (RFC 7517).
    package var publicKey: JSON? {
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) else { return nil }
        let point = key.publicKey.rawRepresentation
        return [
            "use": "sig", "kty": "EC", "kid": .string(id), "crv": "P-256", "alg": "ES256",
            "x": .string(Base64URL.encode(point.prefix(32))), "y": .string(Base64URL.encode(point.suffix(32))),
        ]
    }

    private static func id(of key: P256.Signing.PrivateKey) -> String {
        SHA256.hash(data: key.publicKey.derRepresentation).prefix(16).map(Self.hex).joined()
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

/// All keys whose tokens are accepted, oldest first; one of them signs.
///
/// A new key verifies at once but signs only after `handover`, when every replica has read it; an old key goes when no
/// token of it can be alive any more.
package struct SigningKeys: Hashable, Sendable {
    package private(set) var keys: [SigningKey]
    /// In seconds.
    private static let handover: Int64 = 600

    package init(now: Int64) { keys = [SigningKey(now: now)] }

    /// Reads a ring that was kept; absent when it is damaged or holds no key.
    package init?(tree: JSON) {
        guard let elements = tree["keys"]?.array else { return nil }
        keys = elements.compactMap(SigningKey.init(tree:)).sorted { $0.since < $1.since }
        guard !keys.isEmpty, keys.count == elements.count else { return nil }
    }

    /// The ring for the encrypted store; secret.
    package var tree: JSON { ["keys": .array(keys.map(\.tree))] }

    /// The key that signs now: the newest that every replica knows.
    package func signer(at now: Int64) -> SigningKey? {
        keys.last { $0.since + Self.handover <= now } ?? keys.first
    }

    /// Adds a key when the newest is older than `age`, and drops those that no token needs; true when anything changed.
    ///
    /// `age` and `longestToken`, the longest life of a token, are in seconds.
    package mutating func rotate(at now: Int64, age: Int64, longestToken: Int64) -> Bool {
        let before = keys
        if let newest = keys.last, newest.since + age <= now { keys.append(SigningKey(now: now)) }
        while keys.count > 1, keys[1].since + Self.handover + longestToken <= now { keys.removeFirst() }
        return keys != before
    }
}
