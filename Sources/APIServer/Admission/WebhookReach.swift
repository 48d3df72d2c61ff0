// SPDX-License-Identifier: Apache-2.0

import CEL

/// Which addresses the webhooks of organizations may reach: the public ones, and the ranges that the provider allows.
///
/// Otherwise a customer could make the control plane talk to itself, to its neighbours or to a metadata service.
package struct WebhookReach: Sendable {
    private let allowed: [AddressRange]

    /// - Parameter ranges: such as `10.20.0.0/16`; what is no range is passed over, `isRange` tells.
    package init(allowing ranges: [String] = []) { allowed = ranges.compactMap { AddressRange($0) } }

    /// Whether a text is a range of addresses.
    package static func isRange(_ text: String) -> Bool { AddressRange(text) != nil }

    /// Whether a connection to an address may be made.
    package func allows(_ address: String) -> Bool {
        guard let inner = Self.plain(address) else { return false }
        return allowed.contains { $0.contains(inner) } || !Self.closed.contains { $0.contains(inner) }
    }

    /// The address, or the IPv4 address that an IPv6 one carries.
    private static func plain(_ text: String) -> IPAddress? {
        // The machine writes an IPv4 address in an IPv6 one so.
        IPAddress(text.lowercased().hasPrefix("::ffff:") ? String(text.dropFirst(7)) : text)
    }

    /// What is not of the open Internet, or reaches an IPv4 network by a detour.
    ///
    /// https://www.iana.org/assignments/iana-ipv4-special-registry and
    /// https://www.iana.org/assignments/iana-ipv6-special-registry; 168.63.129.16 is a cloud's own metadata service.
    private static let closed = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32", "::/96", "64:ff9b::/96",
        "64:ff9b:1::/48", "100::/64", "2001::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ].compactMap { AddressRange($0) }
}
