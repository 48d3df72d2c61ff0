// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Login
import Resources

/// Gives each namespace the ConfigMap `kube-root-ca.crt`, with what a program needs to trust this server, and mends it.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-token-volume
struct RootCertificateController: Sendable {
    static let identity = ServiceIdentity.controller("root-certificates")
    static let name = "kube-root-ca.crt"

    let client: any ObjectClient
    let namespaces: Lister
    let maps: Lister
    /// The certificates of the authority, as PEM.
    let certificates: String

    /// One look at the namespace at this key.
    func pass(_ namespace: ObjectKey) async throws -> Duration? {
        guard let object = namespaces.get(namespace), !object.isDeleting else { return nil }
        let key = ObjectKey(organization: namespace.organization, namespace: namespace.name, name: Self.name)
        do {
            if var map = maps.get(key) {
                guard map.tree["data"] != data else { return nil }
                map.tree["data"] = data
                _ = try await client.update(ConfigMap.type, map, WriteOptions())
            } else {
                _ = try await client.create(ConfigMap.type, map(key), WriteOptions())
            }
        } catch let error as APIError where [.alreadyExists, .notFound, .conflict].contains(error.reason) {
            // Somebody else wrote it, or the namespace is gone: the events of either come.
        }
        return nil
    }

    private var data: JSON { ["ca.crt": .string(certificates)] }

    private func map(_ key: ObjectKey) -> Object {
        var map = Object(ConfigMap.type.kind, key: key)
        map.metadata.annotations["kubernetes.io/description"] = "The certificates by which to trust this API server."
        map.tree["data"] = data
        return map
    }

    /// The namespace that a ConfigMap's change concerns; absent for those of other names.
    static func namespace(of map: Object) -> ObjectKey? {
        let key = map.key
        guard key.name == name else { return nil }
        return ObjectKey(organization: key.organization, name: key.namespace)
    }
}
