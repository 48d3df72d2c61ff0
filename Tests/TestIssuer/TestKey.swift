// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras
package import Foundation
package import JSONTree

/// A key that signs tokens, ES256 or RS256; made without the code that checks them.
package struct TestKey: Sendable {
    private enum Secret: Sendable {
        case elliptic(P256.Signing.PrivateKey)
        case rsa(_RSA.Signing.PrivateKey)
    }

    package let id: String
    private let secret: Secret

    package init(id: String) { (self.id, secret) = (id, .elliptic(P256.Signing.PrivateKey())) }

    package init(rsa id: String) throws {
        (self.id, secret) = (id, .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048)))
    }

    /// As the issuer shows it: RFC 7517.
    package var `public`: JSON {
        switch secret {
        case .elliptic(let key):
            let raw = key.publicKey.rawRepresentation
            return [
                "kty": "EC", "crv": "P-256", "kid": .string(id), "use": "sig",
                "x": .string(Self.base64URL(raw.prefix(32))), "y": .string(Self.base64URL(raw.suffix(32))),
            ]
        case .rsa(let key):
            guard let numbers = try? key.publicKey.getKeyPrimitives() else { return [:] }
            return [
                "kty": "RSA", "kid": .string(id), "use": "sig", "n": .string(Self.base64URL(numbers.modulus)),
                "e": .string(Self.base64URL(numbers.publicExponent)),
            ]
        }
    }

    /// The token of these claims; members of `header` replace ours.
    package func sign(_ claims: JSON, header: JSON = [:]) throws -> String {
        let name: JSON = if case .rsa = secret { "RS256" } else { "ES256" }
        var head: JSON = ["alg": name, "typ": "JWT", "kid": .string(id)]
        head.merge(header)
        let text = Self.base64URL(Data(head.bytes)) + "." + Self.base64URL(Data(claims.bytes))
        let signature =
            switch secret {
            case .elliptic(let key): try key.signature(for: Data(text.utf8)).rawRepresentation
            case .rsa(let key):
                try key.signature(for: Data(text.utf8), padding: .insecurePKCS1v1_5).rawRepresentation
            }
        return text + "." + Self.base64URL(signature)
    }

    package static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
