// SPDX-License-Identifier: Apache-2.0

extension Cinder {
    /// Lists volumes: `GET /v3/{project}/volumes/detail`, all pages.
    ///
    /// Filters: `name`, `status`, `metadata` … https://docs.openstack.org/api-ref/block-storage/v3/#list-accessible-volumes-with-details
    package func volumes(_ query: Query = [:]) async throws -> [Volume] {
        try await session.list(Call("list volumes", .volume, .get, "/volumes/detail", query: query), at: "volumes")
    }

    /// Shows a volume: `GET /v3/{project}/volumes/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#show-a-volume-s-details
    package func volume(_ id: String) async throws -> Volume {
        try await session.one(Call("show volume", .volume, .get, "/volumes/\(id)"), at: "volume")
    }

    /// Deletes a volume: `DELETE /v3/{project}/volumes/{id}`; 400 while it is attached or has snapshots.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#delete-a-volume
    package func deleteVolume(_ id: String) async throws {
        try await session.perform(Call("delete volume", .volume, .delete, "/volumes/\(id)"))
    }

    private struct LimitsAnswer: Decodable { var absolute: Limits }

    /// Shows the limits: `GET /v3/{project}/limits`; the project's quota and use.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#show-absolute-limits-for-project
    package func limits() async throws -> Limits {
        let answer: LimitsAnswer = try await session.one(Call("show limits", .volume, .get, "/limits"), at: "limits")
        return answer.absolute
    }
}
