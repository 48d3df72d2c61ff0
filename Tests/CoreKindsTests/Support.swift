// SPDX-License-Identifier: Apache-2.0

import Access
import Clients
import JSONTree
import Login
import Resources
import Schemas
import ServiceLifecycle

@testable import CoreKinds

/// Knows no objects.
struct NoObjects: ObjectReader {
    func object(_ type: ResourceType, _ key: ObjectKey) async throws -> Object? { nil }
    func objects(_ type: ResourceType, in scope: Scope) async throws -> [Object] { [] }
}

/// A moment in the year 2027, seconds since 1970.
let testNow: Int64 = 1_800_000_000

let testUser = UserInfo(name: "ann", groups: [GroupName.authenticated], organization: "acme")

/// Tokens whose accounts all exist.
func testTokens() -> ServiceAccountTokens {
    let keys = SigningKeys(now: testNow)
    return ServiceAccountTokens(issuer: "https://scs.example", keys: { keys }, uid: { $0.uid }, now: { testNow })
}

func object(
    _ type: ResourceType, _ name: String, namespace: String = "", organization: String = "acme",
    _ members: [(String, JSON)] = []
) -> Object {
    var object = Object(
        type.kind, key: ObjectKey(organization: organization, namespace: namespace, name: name))
    for (key, value) in members { object.tree[key] = value }
    return object
}

func admission(
    _ object: Object, old: Object? = nil, operation: AdmissionRequest.Operation? = nil, user: UserInfo = testUser,
    objects: any ObjectReader = NoObjects()
) -> AdmissionRequest {
    AdmissionRequest(
        operation: operation ?? (old == nil ? .create : .update), object: object, old: old, user: user,
        objects: objects)
}

/// Runs all controllers on a client while the body runs.
func withControllers(
    _ client: any ObjectClient, types: [ResourceType] = [], time: Timekeeper = .system,
    _ body: @Sendable () async throws -> Void
) async throws {
    let informers = Informers(client: client, time: time)
    let organizations = ResourceType(
        group: "management.scs.community", version: "v1alpha1", kind: "Organization", plural: "organizations",
        isNamespaced: false)
    let controllers = CoreControllers(
        .init(
            client: { _ in client }, informers: informers, types: types, organizationType: organizations, time: time,
            report: { _, _ in }))
    let services = controllers.services()
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await informers.run() }
        for service in services { group.addTask { try await service.run() } }
        try await body()
        group.cancelAll()
    }
}
