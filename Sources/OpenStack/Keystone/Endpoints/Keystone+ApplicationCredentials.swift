// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension Keystone {
    /// A credential made from one's own, good for one project and until it expires.
    package struct ApplicationCredential: Decodable, Hashable, Sendable {
        package var id: String
        package var name: String
        package var projectID: String?
        /// In the answer to the creation only.
        package var secret: Secret?

        enum CodingKeys: String, CodingKey {
            case id, name, secret
            case projectID = "project_id"
        }

        package init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            id = try members.decode(String.self, forKey: .id)
            name = try members.decode(String.self, forKey: .name)
            projectID = try members.decodeIfPresent(String.self, forKey: .projectID)
            secret = try members.decodeIfPresent(String.self, forKey: .secret).map { Secret($0) }
        }
    }

    /// Makes an application credential: `POST /v3/users/{user}/application_credentials`.
    ///
    /// For one's own user only; the name is unique for the user.
    ///
    /// It can make no further ones. The time of expiry is in UTC, `2027-01-01T00:00:00`.
    /// https://docs.openstack.org/api-ref/identity/v3/#create-application-credential
    package func createApplicationCredential(
        user: String, name: String, expiresAt: String? = nil
    ) async throws -> ApplicationCredential {
        var body: JSON = ["name": .string(name), "unrestricted": false]
        if let expiresAt { body["expires_at"] = .string(expiresAt) }
        return try await session.one(
            Call(
                "create application credential", .identity, .post, "/users/\(user)/application_credentials",
                body: ["application_credential": body]),
            at: "application_credential")
    }

    /// Deletes an application credential: `DELETE /v3/users/{user}/application_credentials/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#delete-application-credential
    package func deleteApplicationCredential(_ id: String, user: String) async throws {
        let path: CallPath = "/users/\(user)/application_credentials/\(id)"
        try await session.perform(Call("delete application credential", .identity, .delete, path))
    }
}
