// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What a server reads at its first boot.
enum UserData {
    /// In bytes before base64, of which Nova takes 65535.
    static let limit = 49149

    /// As Nova wants it.
    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// The text behind base64; absent when it is none.
    static func text(base64: String) -> String? {
        Data(base64Encoded: base64).flatMap { String(bytes: $0, encoding: .utf8) }
    }

    /// User data that lets further keys in; absent when the text is of a form to which none can be added.
    ///
    /// https://docs.cloud-init.io/en/latest/explanation/format.html
    static func text(_ text: String?, adding keys: [String]) -> String? {
        guard !keys.isEmpty else { return text ?? "" }
        let lines = ["ssh_authorized_keys:"] + keys.map { "  - \($0)" }
        let addition = lines.joined(separator: "\n") + "\n"
        guard let text, !text.isEmpty else { return "#cloud-config\n" + addition }
        guard text.hasPrefix("#cloud-config"), !text.contains("ssh_authorized_keys:") else { return nil }
        return (text.hasSuffix("\n") ? text : text + "\n") + addition
    }
}
