// SPDX-License-Identifier: Apache-2.0

import Clients
import HTTPTypes
import JSONTree
import Resources
import Schemas
import Serving
import Testing

@testable import APIServer

/// Writes as webhooks see, change and refuse them, over real HTTPS.
@Suite("Webhooks", .timeLimit(.minutes(1)))
struct WebhookTests {
    typealias Body = @Sendable (TestServer, WebhookServer, _ url: String) async throws -> Void

    static let rule: JSON = [
        "operations": ["*"], "apiGroups": ["test.scs.community"], "apiVersions": ["v1"], "resources": ["widgets"],
    ]

    /// A configuration with one webhook that believes the test's certificate.
    static func hook(_ kind: String, _ url: String, name: String = "a.example.com", _ more: JSON = [:]) -> String {
        var webhook: JSON = [
            "name": .string(name), "rules": [rule],
            "clientConfig": ["url": .string(url), "caBundle": .string(WebhookServer.base64(TestCertificate.pem))],
        ]
        for member in more.object?.members ?? [] { webhook[member.key] = member.value }
        let tree: JSON = [
            "apiVersion": "test.scs.community/v1", "kind": .string(kind), "metadata": ["name": .string(name)],
            "webhooks": [webhook],
        ]
        return tree.text
    }

    static func path(_ kind: String, _ organization: String = "acme") -> String {
        let root = organization.isEmpty ? "" : "/organizations/\(organization)"
        return "\(root)/apis/test.scs.community/v1/\(kind.lowercased())s"
    }

    /// Runs a server and a webhook; organizations may reach loopback here.
    static func run(_ script: @escaping WebhookServer.Script, _ body: @escaping Body) async throws {
        try await WebhookServer.run(script) { webhook, url in
            let settings = WebhookCaller.Settings(
                reach: WebhookReach(allowing: ["127.0.0.0/8"]), answerLimit: 4096, resolve: { _, _ in "127.0.0.1" })
            try await TestServer.run(webhooks: WebhookCaller(settings)) { try await body($0, webhook, url) }
        }
    }

    private func configure(
        _ server: TestServer, _ kind: String, _ url: String, name: String = "a.example.com",
        in organization: String = "acme", _ more: JSON = [:]
    ) async throws {
        let answer = try await server.send(
            .post, Self.path(kind, organization), Self.hook(kind, url, name: name, more))
        try #require(answer.code == 201, "\(answer.text)")
    }

    private func create(
        _ server: TestServer, _ name: String = "w", in organization: String = "acme", metadata: String = "",
        query: String = ""
    ) async throws -> TestAnswer {
        try await server.send(
            .post, TestServer.widgets(organization) + query, TestServer.widget(name, metadata: metadata))
    }

    // MARK: Deciding

    @Test("a webhook is asked as upstream asks, and one that allows lets pass")
    func allows() async throws {
        try await Self.run(WebhookServer.allow) { server, webhook, url in
            try await configure(server, "ValidatingHook", url)
            #expect(try await create(server, query: "?fieldManager=me&dryRun=All").code == 201)
            let request = try #require(webhook.requests.first)
            #expect(request["operation"] == "CREATE")
            #expect(request["kind"] == ["group": "test.scs.community", "version": "v1", "kind": "Widget"])
            #expect(request["resource"]?["resource"] == "widgets")
            #expect(request["name"] == "w" && request["namespace"] == "prod")
            #expect(request["userInfo"]?["username"] == "admin")
            #expect(request["object"]?["spec"]?["size"] == "medium")
            #expect(request["oldObject"] == .null)
            #expect(request["dryRun"] == true)
            #expect(request["options"]?["kind"] == "CreateOptions")
            #expect(request["options"]?["fieldManager"] == "me")
        }
    }

    @Test("a refusal says who refused and why, with the webhook's code and warnings")
    func denies() async throws {
        let script: WebhookServer.Script = { request in
            WebhookServer.answer(
                request,
                [
                    "allowed": false, "status": ["code": 403, "reason": "Forbidden", "message": "no widgets today"],
                    "warnings": ["come back tomorrow"], "auditAnnotations": ["why": "closed"],
                ])
        }
        try await Self.run(script) { server, _, url in
            try await configure(server, "ValidatingHook", url)
            let answer = try await create(server)
            #expect(answer.code == 403)
            #expect(answer.message == "admission webhook \"a.example.com\" denied the request: no widgets today")
            #expect(answer.warnings == ["299 - \"come back tomorrow\""])
            #expect(try await server.send(.get, TestServer.widgets("acme") + "/w").code == 404)
            let notes = server.audit.lines.last { $0["annotations"]?["a.example.com/why"] != nil }
            #expect(notes?["annotations"]?["a.example.com/why"] == "closed")
        }
    }

    @Test("a refusal without words is told as upstream tells it")
    func deniesSilently() async throws {
        try await Self.run(WebhookServer.deny(.null)) { server, _, url in
            try await configure(server, "MutatingHook", url)
            let answer = try await create(server)
            #expect(answer.code == 400)
            #expect(answer.message == "admission webhook \"a.example.com\" denied the request without explanation")
        }
    }

    @Test("updates, deletions and each object of a deleted collection are asked about")
    func operations() async throws {
        try await Self.run(WebhookServer.allow) { server, webhook, url in
            for name in ["a", "b", "c"] { try await server.make(name) }
            try await configure(server, "ValidatingHook", url)
            let path = TestServer.widgets("acme")
            let patch = try await server.send(.patch, path + "/a", #"{"spec":{"note":"x"}}"#)
            #expect(patch.code == 200)
            #expect(webhook.requests[0]["operation"] == "UPDATE")
            #expect(webhook.requests[0]["oldObject"]?["spec"]?["note"] == nil)
            #expect(webhook.requests[0]["object"]?["spec"]?["note"] == "x")
            #expect(try await server.send(.delete, path + "/a").code == 200)
            #expect(webhook.requests[1]["operation"] == "DELETE")
            #expect(webhook.requests[1]["object"] == .null)
            #expect(webhook.requests[1]["oldObject"]?["metadata"]?["name"] == "a")
            #expect(try await server.send(.delete, path).code == 200)
            #expect(Set(webhook.requests.dropFirst(2).compactMap { $0["name"]?.string }) == ["b", "c"])
        }
    }

    @Test("controllers' own writes are asked about too")
    func controllers() async throws {
        try await Self.run(WebhookServer.deny(["message": "no"])) { server, _, url in
            try await configure(server, "ValidatingHook", url)
            let type = TestKinds.widget.type
            let object = Object(
                type.kind, key: ObjectKey(organization: "acme", namespace: "prod", name: "w"), spec: [:])
            await #expect(throws: APIError.self) { try await server.client.create(type, object, WriteOptions()) }
        }
    }

    @Test("nobody locks himself out: the configurations themselves are shown to no webhook")
    func exemption() async throws {
        try await Self.run(WebhookServer.deny(["message": "no"])) { server, webhook, url in
            let all: JSON = ["operations": ["*"], "apiGroups": ["*"], "apiVersions": ["*"], "resources": ["*/*"]]
            try await configure(server, "ValidatingHook", url, ["rules": [all]])
            #expect(try await create(server).code == 400)
            let seen = webhook.requests.count
            #expect(try await server.send(.delete, Self.path("ValidatingHook") + "/a.example.com").code == 200)
            #expect(webhook.requests.count == seen)
            #expect(try await create(server).code == 201)
        }
    }

    // MARK: Failing

    struct Trouble: CustomTestStringConvertible {
        var testDescription: String
        var script: WebhookServer.Script
        var words: String
    }

    static let troubles = [
        Trouble(
            testDescription: "garbage", script: { _ in .json(.bytes(Array("<html>".utf8))) },
            words: "received invalid webhook response: the answer is no JSON"),
        Trouble(
            testDescription: "the uid of another request",
            script: { _ in WebhookServer.answer(["uid": "other"], ["allowed": true]) },
            words: "received invalid webhook response: expected response.uid="),
        Trouble(
            testDescription: "another kind",
            script: { .json(["apiVersion": "v1", "kind": "Pod", "response": ["uid": $0["uid"] ?? .null]]) },
            words: "received invalid webhook response: expected webhook response of admission.k8s.io/v1"),
        Trouble(
            testDescription: "no response", script: { _ in .json([:]) },
            words: "received invalid webhook response: webhook response was absent"),
        Trouble(
            testDescription: "a patch of a validating one", script: WebhookServer.patch([]),
            words: "received invalid webhook response: validating webhook may not return response.patch"),
        Trouble(
            testDescription: "a huge answer",
            script: { _ in .json(.bytes(Array(repeating: 32, count: 100_000))) }, words: "is larger than 4096 bytes"),
        Trouble(
            testDescription: "an error", script: { _ in .json([:], status: 500) }, words: "answered with status 500"),
        Trouble(
            testDescription: "CVE-2022-3172, CVE-2018-1002102: a redirect",
            script: { _ in
                Response(status: .found, headers: [.location: "https://127.0.0.1:1/"], body: .bytes([]))
            }, words: "redirect (302), which is never followed"),
    ]

    @Test("a bad answer refuses the write, or with the policy Ignore does not", arguments: troubles)
    func trouble(_ trouble: Trouble) async throws {
        try await Self.run(trouble.script) { server, webhook, url in
            try await configure(server, "ValidatingHook", url, ["failurePolicy": "Ignore"])
            #expect(try await create(server, "open").code == 201)
            try await configure(server, "ValidatingHook", url, name: "b.example.com", ["failurePolicy": "Fail"])
            let answer = try await create(server, "closed")
            #expect(answer.code == 500)
            #expect(answer.message.hasPrefix("Internal error occurred: failed calling webhook \"b.example.com\": "))
            #expect(answer.message.contains(trouble.words))
            #expect(webhook.requests.count == 3)
        }
    }

    @Test("a slow one counts as silent when its seconds are over")
    func slow() async throws {
        let script: WebhookServer.Script = { request in
            try? await ContinuousClock().sleep(for: .seconds(20))
            return WebhookServer.answer(request, ["allowed": true])
        }
        try await Self.run(script) { server, _, url in
            try await configure(server, "ValidatingHook", url, ["timeoutSeconds": 1])
            let start = ContinuousClock.now
            let answer = try await create(server)
            #expect(answer.code == 500)
            #expect(answer.message.contains("no answer within 1s"))
            #expect(ContinuousClock.now - start < .seconds(15))
        }
    }

    @Test("no header of the caller goes along")
    func headers() async throws {
        try await Self.run(WebhookServer.allow) { server, webhook, url in
            try await configure(server, "ValidatingHook", url)
            let answer = try await server.send(
                .post, TestServer.widgets("acme"), TestServer.widget("w"), headers: [.cookie: "session=1"])
            #expect(answer.code == 201)
            let names = try #require(webhook.headers.first).keys
            #expect(!names.contains("authorization") && !names.contains("cookie"))
        }
    }

    // MARK: Isolation

    @Test("an organization's webhooks hold for its own objects only, the provider's for all")
    func isolation() async throws {
        try await Self.run(WebhookServer.allow) { server, webhook, url in
            try await configure(server, "ValidatingHook", url)
            #expect(try await create(server, in: "globex").code == 201)
            #expect(webhook.requests.isEmpty)
            try await configure(server, "ValidatingHook", url, name: "all.example.com", in: "")
            #expect(try await create(server, "x", in: "globex").code == 201)
            #expect(webhook.requests.map { $0["organization"] } == ["globex"])
        }
    }

    @Test("the provider's webhooks never see the values of an organization's secrets, nor change such objects")
    func secrets() async throws {
        let script = WebhookServer.patch([["op": "add", "path": "/spec/open", "value": "x"]])
        try await Self.run(script) { server, webhook, url in
            var rule = Self.rule
            rule["resources"] = ["vaults"]
            try await configure(server, "MutatingHook", url, in: "", ["rules": [rule]])
            let vault: JSON = [
                "apiVersion": "test.scs.community/v1", "kind": "Vault", "metadata": ["name": "v"],
                "spec": ["treasure": "canary-7261", "open": "yes"],
            ]
            let answer = try await server.send(
                .post, "/organizations/acme/apis/test.scs.community/v1/namespaces/prod/vaults", vault.text)
            #expect(answer.code == 500)
            #expect(!answer.text.contains("canary-7261"))
            let request = try #require(webhook.requests.first)
            #expect(request["object"]?["spec"]?["open"] == "yes")
            #expect(!request.text.contains("canary-7261"))
        }
    }
}
