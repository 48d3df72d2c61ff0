// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// A password that nobody needs to type.
struct Password {
    let text: String

    private static let alphabet = Array("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")

    /// 40 letters from the system's source, about 230 bits.
    static func random() -> Password {
        var generator = SystemRandomNumberGenerator()
        return Password(
            text: String((0..<40).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }))
    }

    /// As a Secret keeps it.
    var base64: String { Data(text.utf8).base64EncodedString() }
}
