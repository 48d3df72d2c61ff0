// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Keystone {
    /// Lists projects: `GET /v3/projects`.
    ///
    /// Filters: `name`, `domain_id`, `tags`, `enabled`. https://docs.openstack.org/api-ref/identity/v3/#list-projects
    package func projects(_ query: Query = [:]) async throws -> [Project] {
        try await session.list(Call("list projects", .identity, .get, "/projects", query: query), at: "projects")
    }

    /// Lists own projects: `GET /v3/auth/projects`; those that the token's user may scope to.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#get-available-project-scopes
    package func ownProjects() async throws -> [Project] {
        try await session.list(Call("list own projects", .identity, .get, "/auth/projects"), at: "projects")
    }

    /// Shows a project: `GET /v3/projects/{id}`.
    ///
    /// A domain manager gets 403 and not 404 for a project that is gone: look for it with `projects`.
    /// https://docs.openstack.org/api-ref/identity/v3/#show-project-details
    package func project(_ id: String) async throws -> Project {
        try await session.one(Call("show project", .identity, .get, "/projects/\(id)"), at: "project")
    }

    /// Makes a project: `POST /v3/projects`.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#create-project
    package func createProject(_ project: NewProject) async throws -> Project {
        try await session.create(Call("create project", .identity, .post, "/projects"), project, at: "project")
    }

    /// Changes a project: `PATCH /v3/projects/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#update-project
    package func updateProject(_ id: String, _ changes: JSON) async throws -> Project {
        let body: JSON = ["project": changes]
        return try await session.one(
            Call("update project", .identity, .patch, "/projects/\(id)", body: body, isIdempotent: true), at: "project")
    }

    /// Deletes a project: `DELETE /v3/projects/{id}`.
    ///
    /// Also one that is not empty, whose things are then out of everybody's reach.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#delete-project
    package func deleteProject(_ id: String) async throws {
        try await session.perform(Call("delete project", .identity, .delete, "/projects/\(id)"))
    }

    /// Shows a domain: `GET /v3/domains/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#show-domain-details
    package func domain(_ id: String) async throws -> Domain {
        try await session.one(Call("show domain", .identity, .get, "/domains/\(id)"), at: "domain")
    }
}
