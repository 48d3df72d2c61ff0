// SPDX-License-Identifier: Apache-2.0

import Clients
import Login
import Resources

/// Gives each namespace the service account `default`, again when somebody deletes it.
struct DefaultServiceAccountController: Sendable {
    static let identity = ServiceIdentity.controller("service-accounts")
    static let name = "default"

    let client: any ObjectClient
    let namespaces: Lister
    let accounts: Lister

    /// One look at the namespace at this key.
    func pass(_ namespace: ObjectKey) async throws -> Duration? {
        let key = ObjectKey(
            organization: namespace.organization, namespace: namespace.name, name: Self.name)
        guard let object = namespaces.get(namespace), !object.isDeleting, accounts.get(key) == nil else { return nil }
        do {
            _ = try await client.create(
                ServiceAccount.type, Object(ServiceAccount.type.kind, key: key), WriteOptions())
        } catch let error as APIError where [.alreadyExists, .notFound].contains(error.reason) {
            // Somebody else made it, or the namespace is gone: both are fine, and their events come.
        }
        return nil
    }

    /// The namespace that a service account's change concerns; absent for accounts of other names.
    static func namespace(of account: Object) -> ObjectKey? {
        let key = account.key
        guard key.name == name else { return nil }
        return ObjectKey(organization: key.organization, name: key.namespace)
    }
}
