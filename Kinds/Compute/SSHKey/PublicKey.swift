// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials

/// One line of an `authorized_keys` file: type, key in base64, comment.
///
/// https://www.rfc-editor.org/rfc/rfc4253#section-6.6
struct PublicKey: Hashable {
    struct Malformed: Error {
        let message: String
    }

    let type: String
    private let base64: String

    static let types = [
        "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ]

    init(_ line: String) throws(Malformed) {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard !line.contains(where: \.isNewline), words.count >= 2 else {
            throw Malformed(message: "must be one line of type, key and comment, as in id_ed25519.pub")
        }
        let type = String(words[0])
        guard Self.types.contains(type) else {
            throw Malformed(message: "must begin with one of \(Self.types.joined(separator: ", "))")
        }
        guard let body = Data(base64Encoded: String(words[1])), Self.innerType(body) == type else {
            throw Malformed(message: "must have a key in base64 that is of the type \(type)")
        }
        self.type = type
        base64 = String(words[1])
    }

    /// As `ssh-keygen -l` prints it: SHA256 and base64 without padding.
    var fingerprint: String {
        let digest = Data(SHA256.hash(data: Data(base64Encoded: base64) ?? Data()))
        var text = digest.base64EncodedString()
        while text.last == "=" { text.removeLast() }
        return "SHA256:\(text)"
    }

    /// A length in four bytes, and the type again.
    private static func innerType(_ body: Data) -> String? {
        let bytes = [UInt8](body)
        guard bytes.count > 4 else { return nil }
        let length = bytes[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard bytes.count > 4 + length else { return nil }
        return String(bytes: bytes[4..<4 + length], encoding: .utf8)
    }
}
