// SPDX-License-Identifier: Apache-2.0

extension Keystone {
    /// What a user may be in a project.
    package struct Role: Codable, Hashable, Sendable {
        package var id: String
        package var name: String
    }

    /// One user's or group's role in one scope.
    package struct RoleAssignment: Codable, Hashable, Sendable {
        package struct Reference: Codable, Hashable, Sendable { package var id: String }

        package struct Scope: Codable, Hashable, Sendable {
            package var project: Reference?
            package var domain: Reference?
        }

        package var role: Reference
        package var user: Reference?
        package var group: Reference?
        package var scope: Scope
    }
}
