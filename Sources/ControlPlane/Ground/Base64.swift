// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Texts as Secrets and kubeconfigs keep them.
enum Base64 {
    static func encode(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// Absent when it is no Base64 of UTF-8.
    static func decode(_ text: String) -> String? {
        Data(base64Encoded: text).flatMap { String(data: $0, encoding: .utf8) }
    }
}
