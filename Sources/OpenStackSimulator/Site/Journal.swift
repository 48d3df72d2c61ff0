// SPDX-License-Identifier: Apache-2.0

/// One request that a simulated site received.
package struct SiteCall: Hashable, Sendable, CustomStringConvertible {
    package let method: String
    /// Without query: `/compute/v2.1/servers`.
    package let path: String
    package let query: String
    /// The Keystone project of the token; absent without one.
    package let project: String?
    /// What was answered; 0 when nothing was.
    package let status: Int

    /// Whether it may have changed something.
    package var isWrite: Bool { method != "GET" && method != "HEAD" && !path.hasSuffix("/auth/tokens") }

    package var description: String { "\(method) \(path)" }
}

/// Something that a customer made at a simulated site.
package struct SiteThing: Hashable, Sendable {
    /// What it is, as bodies name it: `server`, `floatingip`.
    package let kind: String
    package let id: String
    package let project: String
    package let name: String
    /// Description, tags and metadata values: where marks travel.
    package let marks: [String]
}

struct Journal: Sendable {
    var calls: [SiteCall] = []
    var unrecorded: [String] = []
}
