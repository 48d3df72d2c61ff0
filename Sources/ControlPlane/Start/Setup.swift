// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources
import SiteKinds

/// Puts objects in place that a start asks for, whether or not they are there already.
struct Setup: Sendable {
    let client: any ObjectClient

    /// The organization and the project that a demo and a single site are set up with.
    static let organization = "demo"
    static let project = "demo"

    func namespace(_ name: String, in organization: String) async throws {
        try await put(.namespace, ObjectKey(organization: organization, name: name), [:])
    }

    /// A site with its credential: an entry of a clouds.yaml.
    func site(_ name: String, displayName: String, access: String, cloudsYAML: String, cloud: String) async throws {
        let secret = ObjectKey(organization: "", namespace: KeyMaterial.namespace, name: "site-\(name)")
        try await put(.secret, secret, ["stringData": ["clouds.yaml": .string(cloudsYAML)]])
        let spec: JSON = [
            "displayName": .string(displayName), "access": .string(access),
            "credentialsRef": ["name": .string(secret.name), "cloud": .string(cloud)],
        ]
        try await put(.site, ObjectKey(organization: "", name: name), ["spec": spec])
    }

    /// The organization with its ways to reach sites, and its first project.
    func organization(sites: [JSON]) async throws {
        let key = ObjectKey(organization: "", name: Self.organization)
        try await put(.organization, key, ["spec": ["displayName": "Demo", "sites": .array(sites)]])
        try await namespace(Self.project, in: Self.organization)
    }

    private func put(_ type: ResourceType, _ key: ObjectKey, _ members: JSON) async throws {
        var object = Object(type.kind, key: key)
        for member in members.object?.members ?? [] { object.tree[member.key] = member.value }
        do {
            _ = try await client.create(type, object, WriteOptions())
        } catch let error as APIError where error.reason == .alreadyExists {
            guard members.object?.isEmpty == false else { return }
            _ = try await client.patch(type, key, .merge(members), WriteOptions())
        }
    }
}
