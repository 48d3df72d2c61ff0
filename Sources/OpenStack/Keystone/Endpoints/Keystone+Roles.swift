// SPDX-License-Identifier: Apache-2.0

extension Keystone {
    /// Lists roles: `GET /v3/roles`.
    ///
    /// A project's member may not (403), a domain manager may. https://docs.openstack.org/api-ref/identity/v3/#list-roles
    package func roles(_ query: Query = [:]) async throws -> [Role] {
        try await session.list(Call("list roles", .identity, .get, "/roles", query: query), at: "roles")
    }

    /// Lists role assignments: `GET /v3/role_assignments`.
    ///
    /// Filters: `scope.project.id`, `scope.domain.id`, `user.id`, `role.id`.
    /// https://docs.openstack.org/api-ref/identity/v3/#list-role-assignments
    package func roleAssignments(_ query: Query) async throws -> [RoleAssignment] {
        try await session.list(
            Call("list role assignments", .identity, .get, "/role_assignments", query: query), at: "role_assignments")
    }

    /// Grants a role: `PUT /v3/projects/{project}/users/{user}/roles/{role}`.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#assign-role-to-user-on-project
    package func grant(role: String, toUser user: String, inProject project: String) async throws {
        let path: CallPath = "/projects/\(project)/users/\(user)/roles/\(role)"
        try await session.perform(Call("grant role", .identity, .put, path, isIdempotent: true))
    }

    /// Revokes a role: `DELETE /v3/projects/{project}/users/{user}/roles/{role}`; 404 when it was not granted.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#unassign-role-from-user-on-project
    package func revoke(role: String, fromUser user: String, inProject project: String) async throws {
        let path: CallPath = "/projects/\(project)/users/\(user)/roles/\(role)"
        try await session.perform(Call("revoke role", .identity, .delete, path))
    }
}
