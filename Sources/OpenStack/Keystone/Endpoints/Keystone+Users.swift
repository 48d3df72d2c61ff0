// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension Keystone {
    /// Lists users: `GET /v3/users`.
    ///
    /// Filters: `name`, `domain_id`, `enabled`. https://docs.openstack.org/api-ref/identity/v3/#list-users
    package func users(_ query: Query = [:]) async throws -> [User] {
        try await session.list(Call("list users", .identity, .get, "/users", query: query), at: "users")
    }

    /// Shows a user: `GET /v3/users/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#show-user-details
    package func user(_ id: String) async throws -> User {
        try await session.one(Call("show user", .identity, .get, "/users/\(id)"), at: "user")
    }

    /// Makes a user: `POST /v3/users`.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#create-user
    package func createUser(_ user: NewUser) async throws -> User {
        var call = Call("create user", .identity, .post, "/users")
        call.secrets = [user.password]
        return try await session.create(call, user, at: "user")
    }

    /// Sets a password: `PATCH /v3/users/{id}`; a new password, which ends the user's running tokens.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#update-user
    package func setPassword(_ password: Secret, ofUser id: String) async throws {
        let body: JSON = ["user": ["password": .string(password.text)]]
        var call = Call("set password", .identity, .patch, "/users/\(id)", body: body, isIdempotent: true)
        call.secrets = [password]
        try await session.perform(call)
    }

    /// Deletes a user: `DELETE /v3/users/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#delete-user
    package func deleteUser(_ id: String) async throws {
        try await session.perform(Call("delete user", .identity, .delete, "/users/\(id)"))
    }
}
