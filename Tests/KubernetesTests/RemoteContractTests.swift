// SPDX-License-Identifier: Apache-2.0

import APIServer
import Access
import ClientContract
import Clients
import Kubernetes
import Login
import Resources
import Schemas
import Serving
import Stores
import Testing

@Suite("The client over HTTP", .timeLimit(.minutes(1)))
struct RemoteContractTests {
    @Test("it keeps the contract of clients on our own API server", arguments: ClientContract.all)
    func contract(_ check: ClientContract.Check) async throws {
        let cache = WatchCache(store: MemoryStore())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await cache.run() }
            try await cache.waitUntilReady()
            let transport = HandlerTransport(handler: try Self.handler(cache))
            let contract = ClientContract(
                client: RemoteClient(transport, server: "https://scs.test", token: "admin"),
                type: ClientContract.widget, organizations: ["acme", "globex"], namespace: "prod")
            try await check.run(contract)
            group.cancelAll()
        }
    }

    /// An API server of one kind, two organizations, and a client who may do everything.
    private static func handler(_ cache: WatchCache) throws -> Handler {
        let widget = ClientContract.widget
        let schema = Schema.resource(spec: .open("Anything."), status: .open("Anything."))
        let kind = Kind(
            group: widget.kind.group, names: .init(kind: widget.kind.kind, plural: widget.plural),
            versions: [KindVersion(name: widget.kind.version, schema: schema)])
        let catalog = try Catalog.fixed(KindRegistry([kind]))
        let places = Places(
            organizationExists: { ["acme", "globex"].contains($0) },
            namespaceState: { _, namespace in namespace == "prod" ? .active : .absent })
        let surroundings = Surroundings(
            now: { 1_800_000_000_000_000 }, uid: { UID.random() }, suffix: { GeneratedName.make(prefix: "") })
        let objects = Objects(
            cache: cache, catalog: catalog, authorizer: Everything(), places: places, surroundings: surroundings)
        return Handler(
            objects: objects, catalog: catalog, authenticator: Everyone(),
            auditor: Auditor(NoAudit(), now: surroundings.now),
            settings: HandlerSettings(clock: ContinuousClock()))
    }
}

private struct Everyone: Authenticator {
    func authenticate(_ credentials: Credentials) async throws -> UserInfo? {
        UserInfo(name: credentials.bearerToken ?? "", groups: ["system:masters"])
    }
}

private struct Everything: Authorizer {
    func decide(_ request: AccessRequest) async -> AccessDecision { AccessDecision(isAllowed: true) }
}

private struct NoAudit: AuditSink {
    func append(_ line: [UInt8]) async throws {}
}
