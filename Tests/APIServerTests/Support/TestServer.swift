// SPDX-License-Identifier: Apache-2.0

import APIServer
import Access
import Clients
import HTTPTypes
import JSONTree
import Login
import Resources
import Schemas
import Serving
import Stores
import Synchronization
import TestTime

/// A whole API in this process: two organizations (`acme` and `globex`), each with the namespaces `prod` and `gone`.
struct TestServer: Sendable {
    let handler: Handler
    let client: LocalClient
    let cache: WatchCache
    private let store: MemoryStore
    let clock: TestClock
    let audit: RecordingAudit
    let outcomes: Outcomes

    /// Runs a server around a test.
    ///
    /// - Parameter webhooks: calls the webhooks that `TestKinds.hooks` configure; without it there are none.
    static func run(
        eventCapacity: Int = 16_384, fairness: Fairness = Fairness(), deadlines: RequestDeadlines? = nil,
        webhooks: WebhookCaller? = nil, _ body: (TestServer) async throws -> Void
    ) async throws {
        let store = MemoryStore()
        let cache = WatchCache(store: store, eventCapacity: eventCapacity)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await cache.run() }
            try await cache.waitUntilReady()
            try await body(try TestServer(cache, store, fairness, deadlines, webhooks))
            group.cancelAll()
        }
    }

    /// Forgets the history up to a revision.
    func compact(_ revision: Int64) async throws { try await store.compact(through: Revision(revision)) }

    private init(
        _ cache: WatchCache, _ store: MemoryStore, _ fairness: Fairness, _ deadlines: RequestDeadlines?,
        _ webhooks: WebhookCaller?
    ) throws {
        self.cache = cache
        self.store = store
        clock = TestClock()
        audit = RecordingAudit()
        outcomes = Outcomes()
        let catalog = try Catalog.fixed(KindRegistry(TestKinds.all + (webhooks == nil ? [] : TestKinds.hooks)))
        let surroundings = Surroundings.counting()
        let objects = Objects(
            cache: cache, catalog: catalog, authorizer: Rules(), places: .twoOrganizations, surroundings: surroundings,
            review: webhooks.map {
                WebhookReview(TestKinds.hookTypes, cache: cache, catalog: catalog, caller: $0)
            })
        let auditor = Auditor(audit, now: surroundings.now)
        handler = Handler(
            objects: objects, catalog: catalog, authenticator: Tokens(), auditor: auditor,
            settings: HandlerSettings(
                checks: [HealthCheck("store") { nil }], clock: clock, deadlines: deadlines,
                fairness: fairness, finished: outcomes.add))
        client = LocalClient(
            objects: objects, catalog: catalog, auditor: auditor,
            user: UserInfo(name: "system:scs:test", groups: ["system:masters"]))
    }
}

/// Knows tokens that are users' names: `admin`, `NAME@ORGANIZATION`, `bad`.
private struct Tokens: Authenticator {
    func authenticate(_ credentials: Credentials) async throws -> UserInfo? {
        guard let token = credentials.bearerToken else { return nil }
        guard !token.isEmpty, token != "bad" else { throw APIError(.unauthorized, "Unauthorized") }
        let parts = token.split(separator: "@").map(String.init)
        guard parts.count == 2 else { return UserInfo(name: token, groups: ["system:masters"]) }
        return UserInfo(name: token, groups: ["users"], organization: parts[1])
    }
}

/// Masters may do all, `jane` too at home, `john` may only read there; everybody may see the documents.
private struct Rules: Authorizer {
    func decide(_ request: AccessRequest) async -> AccessDecision {
        let user = request.user
        if case .path(let path) = request.target {
            let isOpen = ["/version", "/healthz", "/livez", "/readyz"].contains(path)
            return AccessDecision(isAllowed: isOpen || user.name != "system:anonymous")
        }
        if user.groups.contains("system:masters") { return AccessDecision(isAllowed: true) }
        let isReader = ["get", "list", "watch"].contains(request.verb)
        let isAllowed = user.name.hasPrefix("jane@") || (user.name.hasPrefix("john@") && isReader)
        return AccessDecision(isAllowed: isAllowed)
    }
}

extension Places {
    static let twoOrganizations = Places(
        organizationExists: { ["acme", "globex"].contains($0) },
        namespaceState: { _, namespace in
            switch namespace {
            case "prod", "demo": .active
            case "gone": .terminating
            default: .absent
            }
        })
}

extension Surroundings {
    /// Fixed time, numbered uids and suffixes.
    static func counting() -> Surroundings {
        let counter = Mutex(0)
        let next: @Sendable () -> Int = {
            counter.withLock { count in
                count += 1; return count
            }
        }
        return Surroundings(
            now: { 1_767_225_600_000_000 }, uid: { "uid-\(next())" }, suffix: { "x\(next())" })
    }
}

/// Keeps audit lines, or fails when told to.
final class RecordingAudit: AuditSink {
    struct Full: Error {}
    private let state = Mutex<(lines: [JSON], isFull: Bool)>(([], false))

    var lines: [JSON] { state.withLock { $0.lines } }
    func fill() { state.withLock { $0.isFull = true } }

    func append(_ line: [UInt8]) async throws {
        let tree = try JSON(parsing: line)
        try state.withLock { state in
            guard !state.isFull else { throw Full() }
            state.lines.append(tree)
        }
    }
}

/// What the metrics hook heard.
final class Outcomes: Sendable {
    private let state = Mutex<[String]>([])
    var all: [String] { state.withLock { $0 } }
    @Sendable func add(_ outcome: RequestOutcome) {
        state.withLock { $0.append("\(outcome.verb) \(outcome.resource?.text ?? "-") \(outcome.code)") }
    }
}
