// SPDX-License-Identifier: Apache-2.0

package import JSONTree

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

    /// Makes a volume: `POST /v3/{project}/volumes`; 404 for an unknown type or source, 413 when the quota is full.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#create-a-volume
    package func createVolume(_ volume: NewVolume) async throws -> Volume {
        try await session.create(Call("create volume", .volume, .post, "/volumes"), volume, at: "volume")
    }

    /// Changes a volume: `PUT /v3/{project}/volumes/{id}`; name and description.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#update-a-volume
    package func updateVolume(_ id: String, _ changes: JSON) async throws -> Volume {
        let call = Call(
            "update volume", .volume, .put, "/volumes/\(id)", body: ["volume": changes], isIdempotent: true)
        return try await session.one(call, at: "volume")
    }

    /// Replaces a volume's metadata: `PUT /v3/{project}/volumes/{id}/metadata`; keys that are not given go.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#update-a-volume-s-metadata
    package func setMetadata(_ metadata: [String: String], ofVolume id: String) async throws {
        let body: JSON = ["metadata": try JSON(encoding: metadata)]
        try await session.perform(
            Call("set metadata", .volume, .put, "/volumes/\(id)/metadata", body: body, isIdempotent: true))
    }

    /// Makes a volume larger: action `os-extend`, also one that a server has; 400 when it is busy or not smaller now.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#extend-a-volume-size
    package func extendVolume(_ id: String, to size: Int) async throws {
        try await act("extend volume", ["os-extend": ["new_size": .integer(Int64(size))]], on: id)
    }

    /// Gives a volume another type: action `os-retype`, moving it when it must; 400 when it is busy or has it.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#retype-a-volume
    package func retypeVolume(_ id: String, to type: String) async throws {
        let wish: JSON = ["new_type": .string(type), "migration_policy": "on-demand"]
        try await act("retype volume", ["os-retype": wish], on: id)
    }

    /// Says whether servers boot from a volume: action `os-set_bootable`.
    ///
    /// https://docs.openstack.org/api-ref/block-storage/v3/#update-a-volume-s-bootable-status
    package func setBootable(_ isBootable: Bool, ofVolume id: String) async throws {
        try await act("set bootable", ["os-set_bootable": ["bootable": .bool(isBootable)]], on: id)
    }

    private func act(_ operation: String, _ body: JSON, on id: String) async throws {
        try await session.perform(Call(operation, .volume, .post, "/volumes/\(id)/action", body: body))
    }

    /// Deletes a volume: `DELETE /v3/{project}/volumes/{id}`, which returns before it is gone; 400 while it is attached or
    /// has snapshots.
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
