// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Cinder {
    /// Lists snapshots: `GET /v3/{project}/snapshots/detail`, all pages.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#list-snapshots-and-details
    package func snapshots(_ query: Query = [:]) async throws -> [Snapshot] {
        try await session.list(
            Call("list snapshots", .volume, .get, "/snapshots/detail", query: query), at: "snapshots")
    }

    /// Shows a snapshot: `GET /v3/{project}/snapshots/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#show-a-snapshot-s-details
    package func snapshot(_ id: String) async throws -> Snapshot {
        try await session.one(Call("show snapshot", .volume, .get, "/snapshots/\(id)"), at: "snapshot")
    }

    /// Makes a snapshot: `POST /v3/{project}/snapshots`; 404 when there is no such volume.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#create-a-snapshot
    package func createSnapshot(_ snapshot: NewSnapshot) async throws -> Snapshot {
        var call = Call("create snapshot", .volume, .post, "/snapshots")
        call.apiVersion = "volume 3.59"
        return try await session.create(call, snapshot, at: "snapshot")
    }

    /// Changes a snapshot: `PUT /v3/{project}/snapshots/{id}`; name and description.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#update-a-snapshot
    package func updateSnapshot(_ id: String, _ changes: JSON) async throws -> Snapshot {
        let call = Call(
            "update snapshot", .volume, .put, "/snapshots/\(id)", body: ["snapshot": changes], isIdempotent: true)
        return try await session.one(call, at: "snapshot")
    }

    /// Replaces a snapshot's metadata: `PUT /v3/{project}/snapshots/{id}/metadata`; keys that are not given go.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#update-a-snapshot-s-metadata
    package func setMetadata(_ metadata: [String: String], ofSnapshot id: String) async throws {
        let body: JSON = ["metadata": try JSON(encoding: metadata)]
        try await session.perform(
            Call("set metadata", .volume, .put, "/snapshots/\(id)/metadata", body: body, isIdempotent: true))
    }

    /// Deletes a snapshot: `DELETE /v3/{project}/snapshots/{id}`; returns before it is gone.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#delete-a-snapshot
    package func deleteSnapshot(_ id: String) async throws {
        try await session.perform(Call("delete snapshot", .volume, .delete, "/snapshots/\(id)"))
    }
}
