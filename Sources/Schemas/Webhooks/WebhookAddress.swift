// SPDX-License-Identifier: Apache-2.0

/// The parts of a webhook's URL.
package struct WebhookAddress: Hashable, Sendable {
    /// A name or an address, without brackets.
    package let host: String
    package let port: Int

    /// Absent unless it is `https://HOST[:PORT][/PATH]` with nothing else in it.
    package init?(_ url: String) {
        guard url.hasPrefix("https://"), url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        guard !url.contains(where: { "@?#\\".contains($0) }) else { return nil }
        let authority = url.dropFirst("https://".count).prefix { $0 != "/" }
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = String(authority[authority.index(after: authority.startIndex)..<end])
            rest = authority[authority.index(after: end)...]
        } else {
            let end = authority.firstIndex(of: ":") ?? authority.endIndex
            host = String(authority[..<end])
            rest = authority[end...]
        }
        guard !host.isEmpty else { return nil }
        guard !rest.isEmpty else {
            port = 443
            return
        }
        guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()), port > 0 else { return nil }
        self.port = Int(port)
    }
}
