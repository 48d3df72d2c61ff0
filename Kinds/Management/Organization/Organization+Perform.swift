// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension OrganizationReconciler {
    func perform(_ step: Step<Change>, _ input: PassInput, _ observed: World) async throws -> World {
        var observed = observed
        guard let site = step.change.site else {
            try await contents.remove(of: input.object.metadata.name)
            observed.contents = try await contents.count(of: input.object.metadata.name)
            observed.isRemoving = true
            return observed
        }
        guard let index = observed.sites.firstIndex(where: { $0.use.name == site }) else { return observed }
        try await perform(step.change, input, &observed.sites[index])
        return observed
    }

    private func perform(_ change: Change, _ input: PassInput, _ seen: inout Seen) async throws {
        let place = place(input, seen.use.name)
        switch change {
        case .keepPassword:
            seen.passwordUID = try await keepPassword(input, at: seen.use.name)
        case .createUser:
            let (secret, uid) = try await read(input, at: seen.use.name)
            let user = Keystone.NewUser(
                name: Self.userName(input.object), domainID: seen.domainID, password: secret,
                description: "\(input.mark) service user of organization \(input.object.metadata.name)")
            seen.user = try await cloud.createUser(place, user)
            seen.appliedUID = uid
        case .setPassword:
            guard let user = seen.user else { return }
            let (secret, uid) = try await read(input, at: seen.use.name)
            try await cloud.setPassword(place, user, secret)
            seen.appliedUID = uid
        case .deleteUser:
            if let user = seen.user { try await cloud.deleteUser(place, user) }
            seen.user = nil
        case .deletePassword:
            let name = Organization.passwordName(place.organization, at: place.site)
            try await client.remove(.secret, CredentialSecret.key(name))
            seen.passwordUID = nil
            cloud.forget(place)
        case .removeContents: break
        }
    }

    private func keepPassword(_ input: PassInput, at site: String) async throws -> String? {
        let key = CredentialSecret.key(Organization.passwordName(input.object.metadata.name, at: site))
        var object = Object(ResourceType.secret.kind, key: key)
        object.tree["type"] = "Opaque"
        object.tree["data"] = ["password": .string(Password.random().base64)]
        return try await client.create(.secret, object, WriteOptions()).metadata.uid
    }

    private func read(_ input: PassInput, at site: String) async throws -> (Secret, uid: String?) {
        let name = Organization.passwordName(input.object.metadata.name, at: site)
        guard let object = try await password(input, at: site), let text = object.secretText("password") else {
            throw InvalidCredential("Secret \"\(name)\" has no password; delete it, then a new one is made")
        }
        return (Secret(text), object.metadata.uid)
    }
}

extension OrganizationReconciler.Change {
    /// The site that it is about; absent for the store.
    var site: String? {
        switch self {
        case .keepPassword(let site), .createUser(let site), .setPassword(let site), .deleteUser(let site),
            .deletePassword(let site):
            site
        case .removeContents: nil
        }
    }
}
