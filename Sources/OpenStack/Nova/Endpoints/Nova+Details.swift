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
}
