// SPDX-License-Identifier: Apache-2.0

/// The keys of the session's user; those of other users are out of reach.
extension Nova {
    private struct Wrapped: Decodable { var keypair: Keypair }

    private struct NewKeypair: Encodable {
        var name: String
        var type = "ssh"
        var publicKey: String

        enum CodingKeys: String, CodingKey {
            case name, type
            case publicKey = "public_key"
        }
    }

    /// Lists keypairs: `GET /os-keypairs`, all pages.
    ///
    /// https://docs.openstack.org/api-ref/compute/#list-keypairs
    package func keypairs() async throws -> [Keypair] {
        let wrapped: [Wrapped] = try await session.list(
            Call("list keypairs", .compute, .get, "/os-keypairs"), at: "keypairs")
        return wrapped.map(\.keypair)
    }

    /// Shows a keypair: `GET /os-keypairs/{name}`.
    ///
    /// https://docs.openstack.org/api-ref/compute/#show-keypair-details
    package func keypair(_ name: String) async throws -> Keypair {
        try await session.one(Call("show keypair", .compute, .get, "/os-keypairs/\(name)"), at: "keypair")
    }

    /// Makes a keypair: `POST /os-keypairs`; 409 when the name is taken, also by the same key.
    ///
    /// https://docs.openstack.org/api-ref/compute/#import-or-create-keypair
    package func createKeypair(name: String, publicKey: String) async throws -> Keypair {
        try await session.create(
            Call("create keypair", .compute, .post, "/os-keypairs"), NewKeypair(name: name, publicKey: publicKey),
            at: "keypair")
    }

    /// Deletes a keypair: `DELETE /os-keypairs/{name}`.
    ///
    /// https://docs.openstack.org/api-ref/compute/#delete-keypair
    package func deleteKeypair(_ name: String) async throws {
        try await session.perform(Call("delete keypair", .compute, .delete, "/os-keypairs/\(name)"))
    }
}
