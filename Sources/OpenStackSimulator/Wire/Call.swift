// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

/// A request that has found its route.
struct Call: Sendable {
    var method: String
    /// As the client wrote it, without the query.
    var path: String
    /// What stands in the place of the route's parameters, in order.
    var parameters: [String] = []
    var query: [(key: String, value: String)] = []
    var body: JSON = .null
    /// By lower-case name.
    var headers: [String: String] = [:]
    var token: Token?
    var now: Date

    var id: String { parameters.first ?? "" }
    /// The scope's project; empty in other scopes, to which no project's things are visible.
    var project: String { token?.project ?? "" }
    var isAdmin: Bool { token?.roles.contains("admin") ?? false }

    func values(_ key: String) -> [String] { query.filter { $0.key == key }.map(\.value) }

    func value(_ key: String) -> String? { values(key).first }
}

/// Who calls, and for what.
struct Token: Sendable {
    var user: String
    var project: String?
    var domain: String?
    /// By name.
    var roles: [String]
    var method: String
    var expires: Date
    var issued: Date
    /// Absent for a password.
    var applicationCredential: String?
}
