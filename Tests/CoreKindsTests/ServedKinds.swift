// SPDX-License-Identifier: Apache-2.0

import APIServer
import Access
import Clients
import JSONTree
import Resources
import Schemas
import ServiceLifecycle
import Stores
import Synchronization

@testable import CoreKinds

/// The core kinds on a real API server, with real RBAC and all controllers.
struct ServedKinds: Sendable {
    static let organizations = ResourceType(
        group: "management.scs.community", version: "v1alpha1", kind: "Organization", plural: "organizations",
        isNamespaced: false)
    private static let organizationKind = Kind(
        group: organizations.kind.group, names: .init(kind: "Organization", plural: "organizations"),
        isNamespaced: false, tenancy: .provider,
        versions: [KindVersion(name: "v1alpha1", schema: .resource("A customer.", []))])

    let authorizer: LateAuthorizer
    let client: @Sendable (UserInfo) -> any ObjectClient
    let book: KindBook
    let catalog: Catalog.Source
    private let cache: WatchCache

    /// Decides by RBAC once that is there: it needs informers, which need a server, which needs an authorizer.
    final class LateAuthorizer: RuleReviewer {
        private let authorizer = Mutex<RBACAuthorizer?>(nil)
        var present: RBACAuthorizer? { authorizer.withLock { $0 } }
        func set(_ value: RBACAuthorizer) { authorizer.withLock { $0 = value } }

        func decide(_ request: AccessRequest) async -> AccessDecision {
            present?.decide(request) ?? RoleBooks().decide(request)
        }
        func rules(for user: UserInfo, in organizations: Scope.Organizations, namespace: String) async -> [PolicyRule] {
            present?.rules(for: user, in: organizations, namespace: namespace) ?? []
        }
    }

    /// Runs a server with two organizations around a test.
    static func run(_ body: @Sendable (ServedKinds) async throws -> Void) async throws {
        let cache = WatchCache(store: MemoryStore())
        let served = try ServedKinds(cache)
        let informers = Informers(client: served.client(UserInfo(name: "informers", groups: [GroupName.controllers])))
        served.authorizer.set(RBACAuthorizer(informers: informers))
        let types = [Namespace.type, Secret.type, ServiceAccount.type, roleType, roleBindingType, Event.type]
        let controllers = CoreControllers(
            .init(
                client: served.client, informers: informers, types: types + [configMaps], book: served.book,
                withdrawn: { cache.endWatches(under: StorePrefix($0, Scope($1.isEmpty ? .everywhere : .one($1)))) },
                organizationType: organizations, report: { _, _ in }))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await cache.run() }
            try await cache.waitUntilReady()
            group.addTask { try await informers.run() }
            for service in controllers.services() { group.addTask { try await service.run() } }
            let root = served.client(UserInfo(name: "root", groups: [GroupName.masters]))
            for name in ["acme", "umbrella"] {
                _ = try await root.create(
                    organizations, object(organizations, name, organization: ""), WriteOptions())
            }
            try await body(served)
            group.cancelAll()
        }
    }

    private init(_ cache: WatchCache) throws {
        let authorizer = LateAuthorizer()
        self.authorizer = authorizer
        let kinds = CoreKinds.all(.init(reviewer: authorizer, tokens: testTokens())) + [Self.organizationKind]
        book = KindBook(kinds)
        let catalog = try LiveCatalog(book).source
        self.catalog = catalog
        self.cache = cache
        let reader = Mutex<LocalClient?>(nil)
        let surroundings = Surroundings.random(now: { testNow * 1_000_000 })
        let places = Places(
            organizationExists: { _ in true },
            namespaceState: { organization, name in
                let key = ObjectKey(organization: organization, name: name)
                let found = try? await reader.withLock { $0 }?.find(Namespace.type, key)
                return found.map { $0.isDeleting ? .terminating : .active } ?? .absent
            })
        let objects = Objects(
            cache: cache, catalog: catalog, authorizer: authorizer, places: places, surroundings: surroundings)
        let auditor = Auditor(NoAudit(), now: surroundings.now)
        client = { LocalClient(objects: objects, catalog: catalog, auditor: auditor, user: $0) }
        let internalUser = UserInfo(name: "places", groups: [GroupName.controllers])
        reader.withLock {
            $0 = LocalClient(objects: objects, catalog: catalog, auditor: auditor, user: internalUser)
        }
    }
}

let configMaps = ResourceType(group: "", version: "v1", kind: "ConfigMap", plural: "configmaps")
