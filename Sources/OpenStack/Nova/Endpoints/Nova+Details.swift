// SPDX-License-Identifier: Apache-2.0

/// What hangs on a server.
extension Nova {
    /// Lists interfaces: `GET /servers/{id}/os-interface`.
    ///
    /// https://docs.openstack.org/api-ref/compute/#list-port-interfaces
    package func interfaces(ofServer id: String) async throws -> [InterfaceAttachment] {
        try await session.list(
            Call("list interfaces", .compute, .get, "/servers/\(id)/os-interface"), at: "interfaceAttachments")
    }

    /// Lists actions: `GET /servers/{id}/os-instance-actions`, the newest first; of a deleted server too.
    ///
    /// https://docs.openstack.org/api-ref/compute/#list-actions-for-server
    package func actions(ofServer id: String) async throws -> [InstanceAction] {
        try await session.list(
            Call("list actions", .compute, .get, "/servers/\(id)/os-instance-actions"), at: "instanceActions")
    }

    /// Shows an action: `GET /servers/{id}/os-instance-actions/{request}`; one action with its events.
    ///
    /// https://docs.openstack.org/api-ref/compute/#show-server-action-details
    package func action(_ requestID: String, ofServer id: String) async throws -> InstanceAction {
        try await session.one(
            Call("show action", .compute, .get, "/servers/\(id)/os-instance-actions/\(requestID)"),
            at: "instanceAction")
    }

    /// Lists the volumes of a server: `GET /servers/{id}/os-volume_attachments`.
    ///
    /// https://docs.openstack.org/api-ref/compute/#list-volume-attachments-for-an-instance
    package func volumes(ofServer id: String) async throws -> [VolumeAttachment] {
        try await session.list(
            Call("list attachments", .compute, .get, "/servers/\(id)/os-volume_attachments"), at: "volumeAttachments")
    }

    private struct NewAttachment: Encodable { var volumeId: String }

    /// Plugs a volume in: `POST /servers/{id}/os-volume_attachments`; 400 when a server has it already.
    ///
    /// https://docs.openstack.org/api-ref/compute/#attach-a-volume-to-an-instance
    package func attachVolume(_ volume: String, toServer id: String) async throws -> VolumeAttachment {
        let call = Call("attach volume", .compute, .post, "/servers/\(id)/os-volume_attachments")
        return try await session.create(call, NewAttachment(volumeId: volume), at: "volumeAttachment")
    }

    /// Takes a volume out: `DELETE /servers/{id}/os-volume_attachments/{volume}`, which returns before it is out.
    ///
    /// https://docs.openstack.org/api-ref/compute/#detach-a-volume-from-an-instance
    package func detachVolume(_ volume: String, fromServer id: String) async throws {
        try await session.perform(
            Call("detach volume", .compute, .delete, "/servers/\(id)/os-volume_attachments/\(volume)"))
    }
}
