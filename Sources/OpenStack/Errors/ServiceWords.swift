// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// What a service says in an error's body, in whichever of the many shapes it says it.
struct ServiceWords: Hashable {
    let text: String
    /// Neutron's name for the error, Keystone's title.
    let type: String?

    /// Longer texts are cut, in characters.
    private static let limit = 600

    /// The secrets are those of the call: some services quote what they refuse.
    init(_ body: [UInt8], hiding secrets: [Secret] = []) {
        let tree = try? JSON(parsing: body)
        let (text, type) = tree.flatMap(Self.words) ?? (String(decoding: body, as: UTF8.self), nil)
        self.text = Self.bounded(Self.hidden(Self.plain(text), secrets))
        self.type = type
    }

    /// Nova: "Quota exceeded for …", Neutron: `OverQuota`, Cinder: "… exceeded for quota …", ports: "Maximum number of …".
    var speakOfQuota: Bool {
        let lowercased = text.lowercased()
        return type == "OverQuota" || lowercased.contains("quota") || lowercased.contains("maximum number of")
            || lowercased.contains("limit exceeded")
    }

    /// The shapes, one a line: `{"NeutronError": {type, message, detail}}`, `{"itemNotFound": {code, message}}`,
    /// `{"error": {code, message, title}}`, `{"message": …}`, `{"faultstring": …}`, `{"NeutronError": "…"}`.
    private static func words(_ tree: JSON) -> (String, String?)? {
        for key in ["message", "faultstring"] {
            if let text = tree[key]?.string { return (text, nil) }
        }
        guard let first = tree.object?.members.first else { return nil }
        if let text = first.value.string { return (text, nil) }
        guard let message = first.value["message"]?.string else { return nil }
        let detail = first.value["detail"]?.string ?? ""
        return (detail.isEmpty ? message : "\(message) \(detail)", first.value["type"]?.string)
    }

    /// Proxies answer in HTML, Glance puts some into its JSON: what stands between the tags, without the page's title.
    ///
    /// A lone "<" is no tag: only what a letter or "/" follows is one.
    private static func plain(_ text: String) -> String {
        guard text.contains("<") else { return text }
        let content = text.firstRange(of: "</head>").map { text[$0.upperBound...] } ?? text[...]
        return String(content).replacing(/<\/?[A-Za-z][^<>]*>/, with: " ")
    }

    private static func hidden(_ text: String, _ secrets: [Secret]) -> String {
        guard !secrets.isEmpty else { return text }
        let text = secrets.filter { !$0.text.isEmpty }.reduce(text) { $0.replacing($1.text, with: "(secret)") }
        // Nova's and Keystone's schema checks quote the value, perhaps in another spelling.
        return text.firstRange(of: "Value:").map { String(text[..<$0.lowerBound]) } ?? text
    }

    /// On one line, of bounded length.
    private static func bounded(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > limit ? words.prefix(limit) + "…" : words
    }
}
