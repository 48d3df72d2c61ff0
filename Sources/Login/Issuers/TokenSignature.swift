// SPDX-License-Identifier: Apache-2.0

import JSONTree
import JWTKit

/// Whether a key of an issuer has signed a token.
///
/// Only public-key algorithms are known: `none`, and those with a shared secret, cannot even be asked for.
/// https://www.rfc-editor.org/rfc/rfc8725#section-3.1
enum TokenSignature {
    /// Those that upstream takes.
    static let algorithms: Set<String> = [
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
    ]
    /// A modulus of 2048 bits in base64.
    private static let shortestModulus = 341

    /// True when the key, a JSON web key (RFC 7517), is made for the token's algorithm and has signed it.
    static func isGood(_ token: WebToken, by key: JSON) async -> Bool {
        guard let name = token.algorithm, algorithms.contains(name), token.header["crit"] == nil,
            let algorithm = JWK.Algorithm(rawValue: name), let key = publicKey(key, for: algorithm),
            let keys = try? await JWTKeyCollection().add(jwk: key), let verifier = try? await keys.getKey(alg: name),
            verifier.name == name
        else { return false }
        return (try? verifier.verify(token.signature, signs: token.signed)) ?? false
    }

    /// The public half only, whatever else the issuer shows.
    private static func publicKey(_ key: JSON, for algorithm: JWK.Algorithm) -> JWK? {
        guard key["use"]?.string ?? "sig" == "sig", key["alg"]?.string ?? algorithm.rawValue == algorithm.rawValue
        else { return nil }
        switch key["kty"]?.string {
        case "RSA" where !algorithm.rawValue.hasPrefix("ES"):
            guard let modulus = key["n"]?.string, modulus.utf8.count >= shortestModulus else { return nil }
            return .rsa(algorithm, identifier: "key", modulus: modulus, exponent: key["e"]?.string)
        case "EC" where algorithm.rawValue.hasPrefix("ES"):
            guard let name = key["crv"]?.string, let curve = ECDSACurve(rawValue: name) else { return nil }
            return .ecdsa(
                algorithm, identifier: "key", x: key["x"]?.string, y: key["y"]?.string, curve: curve)
        default: return nil
        }
    }
}
