// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import Login
import Resources
import Schemas
import Synchronization
import TestTime
import Testing

@testable import CoreKinds

@Suite("ServiceAccount", .timeLimit(.minutes(1)))
struct ServiceAccountTests {
    static var account: Object {
        var account = object(ServiceAccount.type, "bot", namespace: "ci")
        account.metadata.uid = "u1"
        return account
    }

    @Test("answers a token that logs it in")
    func token() async throws {
        let tokens = testTokens()
        let request = ActionRequest(
            object: Self.account, body: ["spec": ["expirationSeconds": 7200]], user: testUser, objects: NoObjects())
        let answer = try await TokenRequest.answer(request, tokens: tokens)
        let token = try #require(answer["status"]?["token"]?.string)
        let user = try await tokens.authenticate(token: token, organization: "acme")
        #expect(user?.name == "system:serviceaccount:ci:bot")
        #expect(answer["kind"] == "TokenRequest")
        #expect(answer["status"]?["expirationTimestamp"] == "2027-01-15T10:00:00Z")
        #expect(answer["spec"]?["audiences"] == ["https://scs.example"])
    }

    @Test(
        "refuses a request for a token that it cannot fulfil",
        arguments: [
            (["expirationSeconds": 599], "spec.expirationSeconds"),
            (["expirationSeconds": .integer(1 << 33)], "spec.expirationSeconds"),
        ] as [(JSON, String)])
    func refusal(spec: JSON, path: String) async throws {
        let request = ActionRequest(object: Self.account, body: ["spec": spec], user: testUser, objects: NoObjects())
        let error = await #expect(throws: APIError.self) {
            try await TokenRequest.answer(request, tokens: testTokens())
        }
        #expect(error?.causes.map(\.path) == [path])
    }

    /// One Secret.
    struct OneSecret: ObjectReader {
        func object(_ type: ResourceType, _ key: ObjectKey) async throws -> Object? {
            guard type == Secret.type, key.name == "lock", key.namespace == "ci", key.organization == "acme" else {
                return nil
            }
            var secret = Object(Secret.type.kind, key: key)
            secret.metadata.uid = "s1"
            return secret
        }

        func objects(_ type: ResourceType, in scope: Scope) async throws -> [Object] { [] }
    }

    @Test(
        "binds a token to a Secret that is there, and to nothing else",
        arguments: [
            (["kind": "Secret", "apiVersion": "v1", "name": "lock"], nil),
            (["kind": "Secret", "name": "lock", "uid": "s1"], nil),
            (["kind": "Secret", "name": "lock", "uid": "s2"], .conflict),
            (["kind": "Secret", "name": "key"], .notFound),
            (["kind": "Pod", "name": "p"], .badRequest),
        ] as [(JSON, APIError.Reason?)])
    func bound(reference: JSON, refusal: APIError.Reason?) async throws {
        let keys = SigningKeys(now: testNow)
        let isThere = Mutex(true)
        let tokens = ServiceAccountTokens(
            issuer: "https://scs.example", keys: { keys }, uid: { $0.uid },
            secretUID: { key in isThere.withLock { $0 && key.name == "lock" } ? "s1" : nil }, now: { testNow })
        let request = ActionRequest(
            object: Self.account, body: ["spec": ["boundObjectRef": reference]], user: testUser, objects: OneSecret())
        if let refusal {
            let error = await #expect(throws: APIError.self) { try await TokenRequest.answer(request, tokens: tokens) }
            #expect(error?.reason == refusal)
            return
        }
        let token = try await TokenRequest.answer(request, tokens: tokens)["status"]?["token"]?.string ?? ""
        #expect(try await tokens.authenticate(token: token, organization: "acme") != nil)
        isThere.withLock { $0 = false }
        await #expect(throws: APIError.self) { try await tokens.authenticate(token: token, organization: "acme") }
    }

    @Test("default is in each namespace, and comes back when it is deleted")
    func defaultAccount() async throws {
        let client = MemoryObjectClient()
        for organization in ["acme", "umbrella"] {
            let namespace = object(Namespace.type, "demo", organization: organization)
            _ = try await client.create(Namespace.type, namespace, WriteOptions())
        }
        let key = ObjectKey(organization: "acme", namespace: "demo", name: "default")
        try await withControllers(client) {
            try await eventually("the default accounts") {
                try await client.listAll(ServiceAccount.type, ListQuery(.everywhere)).items.count >= 2
            }
            let first = try await client.get(ServiceAccount.type, key).metadata.uid
            try await client.delete(ServiceAccount.type, key, DeleteOptions())
            try await eventually("the new default account") {
                try await client.find(ServiceAccount.type, key).map { $0.metadata.uid != first } ?? false
            }
        }
    }
}
