// SPDX-License-Identifier: Apache-2.0

import APIServer
import Clients
import ComputeKinds
import CoreKinds
import Logging
import ManagementKinds
import NetworkingKinds
import Observing
import OpenStack
import JSONTree
import Resources
import Schemas
import ServiceLifecycle
import SiteKinds
import StorageKinds
import Stores

/// All kinds and all controllers stand here, a line a group.
extension Engine {
    static func kinds(_ services: CoreKinds.Services) -> [Kind] { CoreKinds.all(services) + Definitions.kinds }

    func controllers(
        clouds: CloudDirectory, rootCertificates: String, time: Timekeeper, logger: Logger
    ) -> [any Service] {
        let environment = KindEnvironment(
            client: { client($0) }, informers: informers, clouds: clouds, time: time)
        let types = organizationTypes
        let report: @Sendable (String, any Error) -> Void = { name, error in
            logger.warning(
                "a pass failed and is retried", metadata: [LogKey.controllerName: "\(name)", LogKey.error: "\(error)"])
        }
        let core = CoreControllers.Environment(
            client: { client($0) }, informers: informers, types: types, book: book,
            withdrawn: { cache.endWatches(of: $0, in: $1) }, organizationType: .organization,
            rootCertificates: rootCertificates, time: time, report: report)
        return CoreControllers(core).services()
            + ManagementKinds.controllers(
                environment, types: { types + book.current.definedTypes(in: $0) }, report: report)
            + NetworkingKinds.controllers(environment) + StorageKinds.controllers(environment)
            + ComputeKinds.controllers(environment)
    }

    /// All built-in kinds that organizations keep in the store.
    private var organizationTypes: [ResourceType] {
        book.current.kinds(in: "").compactMap { kind in
            guard case .stored = kind.form, [.organization, .layered].contains(kind.tenancy), kind.origin == .builtIn
            else { return nil }
            return kind.type
        }
    }
}

extension WebhookReview.Types {
    /// Where webhooks are configured.
    static let core = Self(
        mutating: CoreKinds.mutatingWebhooksType.groupResource,
        validating: CoreKinds.validatingWebhooksType.groupResource, namespace: CoreKinds.namespaceType)
}

extension KindBook {
    /// Serves again what a stored definition made before the last end of the server.
    func put(definition stored: Stored) throws {
        let head = StoredObject.Head(
            apiVersion: CoreKinds.definitionType.kind.groupVersion.text, kind: CoreKinds.definitionType.kind.kind)
        let definition = Definition(try stored.object.tree(head, revision: stored.revision.value))
        guard definition.isEstablished else { return }
        put(definition.kind(as: definition.acceptedNames), in: stored.key.object.organization)
    }
}

extension WatchCache {
    /// Ends the watches of a kind that is gone; one that the root defined is gone everywhere.
    func endWatches(of resource: GroupResource, in organization: String) {
        endWatches(under: StorePrefix(resource, Scope(organization.isEmpty ? .everywhere : .one(organization))))
    }
}
