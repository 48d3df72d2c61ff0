// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import Login
import Resources
import Schemas
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
            (["boundObjectRef": ["kind": "Pod", "name": "p"]], "spec.boundObjectRef"),
        ] as [(JSON, String)])
    func refusal(spec: JSON, path: String) async throws {
        let request = ActionRequest(object: Self.account, body: ["spec": spec], user: testUser, objects: NoObjects())
        let error = await #expect(throws: APIError.self) {
            try await TokenRequest.answer(request, tokens: testTokens())
        }
        #expect(error?.causes.map(\.path) == [path])
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
