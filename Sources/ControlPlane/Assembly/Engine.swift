// SPDX-License-Identifier: Apache-2.0

import APIServer
import Access
import Clients
import CoreKinds
import Logging
import Login
import Observing
import OpenStack
import Resources
import Schemas
import ServiceLifecycle
import SiteKinds
import Stores

/// The API without a face: all kinds, who may do what, and the clients through which controllers act.
struct Engine: Sendable {
    let cache: WatchCache
    /// All kinds, those that definitions make included.
    let book: KindBook
    let catalog: APIServer.Catalog.Source
    let objects: Objects
    let auditor: Auditor
    let authorizer: RBACAuthorizer
    let tokens: ServiceAccountTokens
    let issuers: Issuers
    let informers: Informers

    init(_ ground: Ground, settings: Settings, time: Timekeeper, logger: Logger) throws {
        let reviewer = LateReviewer()
        let cache = ground.cache
        let directory = StoredDirectory(cache: cache)
        let keys = ground.keys.tokenKeys
        let tokens = ServiceAccountTokens(
            issuer: settings.tokenIssuer, keys: { keys.current },
            uid: { await directory.uid(of: $0) }, secretUID: { await directory.uid(ofSecret: $0) }, now: time.wall)
        let issuers = try Issuers(
            provider: AuthenticationFile(path: settings.authenticationConfig).issuers,
            source: { await directory.issuers(of: $0) }, now: time.wall)
        let services = CoreKinds.Services(reviewer: reviewer, tokens: tokens, issuers: [issuers], now: time.wall)
        let book = KindBook(Self.kinds(services))
        for stored in ground.definitions { try book.put(definition: stored) }
        let catalog = try LiveCatalog(book).source
        let log = try AuditLog(path: ground.folder.auditLog)
        let auditor = Auditor(log, now: { time.wall() * 1_000_000 }) { error in
            logger.error("the audit log cannot be written; writes are refused", metadata: [LogKey.error: "\(error)"])
        }
        let review = WebhookReview(
            .core, cache: cache, catalog: catalog,
            caller: WebhookCaller(.init(reach: WebhookReach(allowing: settings.webhookRanges))))
        let objects = Objects(
            cache: cache, catalog: catalog, authorizer: reviewer, places: directory.places,
            surroundings: .random(now: { time.wall() * 1_000_000 }), review: review)
        let mirror = LocalClient(
            objects: objects, catalog: catalog, auditor: auditor, user: ServiceIdentity.controller("informers"))
        informers = Informers(client: mirror, time: time)
        authorizer = RBACAuthorizer(
            informers: informers, kinds: Self.kinds(services).filter { $0.origin == .builtIn }.map(\.groupResource))
        reviewer.bind(authorizer)
        self.cache = cache
        self.book = book
        self.catalog = catalog
        self.objects = objects
        self.auditor = auditor
        self.tokens = tokens
        self.issuers = issuers
    }

    /// A client that acts as a controller of ours.
    func client(_ controller: String) -> LocalClient { client(ServiceIdentity.controller(controller)) }

    func client(_ user: UserInfo) -> LocalClient {
        LocalClient(objects: objects, catalog: catalog, auditor: auditor, user: user)
    }
}
