// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

/// A signed JSON web token in its compact form, taken apart; nothing of it is believed yet.
///
/// https://www.rfc-editor.org/rfc/rfc7515#section-3.1
struct WebToken: Sendable {
    let header: JSON
    let claims: JSON
    /// What the signature is over.
    let signed: [UInt8]
    let signature: [UInt8]

    /// Longer texts are no tokens, in bytes.
    static let limit = 16384
    private static let limits = ParseLimits(bytes: limit, depth: 32, elements: 4096)

    /// Absent for a text of another form.
    init?(_ text: String) {
        guard text.utf8.count <= Self.limit else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        self.header = header
        self.claims = claims
        self.signature = signature
        signed = Array(parts[0]) + [UInt8(ascii: ".")] + Array(parts[1])
    }

    /// A member that is there twice would be read one way by us and another way by others, so it is no token.
    private static func object(_ part: Substring.UTF8View) -> JSON? {
        guard let bytes = Base64URL.decode(part), let parsed = try? JSON.parse(bytes, limits: limits),
            parsed.duplicateKeys.isEmpty, parsed.tree.object != nil
        else { return nil }
        return parsed.tree
    }

    var issuer: String? { claims["iss"]?.string }
    var keyID: String? { header["kid"]?.string }
    var algorithm: String? { header["alg"]?.string }

    /// Whom the token is made for: one text or several.
    var audiences: [String] { claims["aud"]?.string.map { [$0] } ?? claims["aud"]?.array?.compactMap(\.string) ?? [] }
}

/// Base64 for addresses, without padding (RFC 4648, section 5); only the one canonical spelling is read.
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let values: [UInt8: UInt32] = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt32($0)) })

    /// Absent for a foreign character, padding, a wrong length, or bits that mean nothing.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (buffer, bits) = (UInt32(0), 0)
        for character in text {
            guard let value = values[character] else { return nil }
            buffer = (buffer << 6 | value) & 0xFFFF
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
        }
        let rest = buffer & ((1 << UInt32(bits)) - 1)
        return bits < 6 && rest == 0 ? bytes : nil
    }

    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var (buffer, bits) = (UInt32(0), 0)
        for byte in bytes {
            buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(buffer >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}

extension APIError {
    /// A token that was shown and is not good: always a 401, never anonymous.
    static func badToken(_ reason: String) -> APIError { APIError(.unauthorized, "the bearer token \(reason)") }
}
