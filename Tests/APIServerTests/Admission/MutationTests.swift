// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Serving
import Testing

@testable import APIServer

/// What webhooks make of an object, and which requests they mean.
@Suite("Mutating webhooks", .timeLimit(.minutes(1)))
struct MutationTests {
    private static let script: WebhookServer.Script = { request in
        var operations: JSON = [["op": "add", "path": "/metadata/labels", "value": ["seen": "yes"]]]
        if request["object"]?["spec"]?["note"] == nil {
            operations = .array(
                (operations.array ?? []) + [["op": "add", "path": "/spec/note", "value": "from the webhook"]])
        }
        return await WebhookServer.patch(operations)(request)
    }

    private func configure(
        _ server: TestServer, _ kind: String, _ url: String, name: String = "a.example.com", _ more: JSON = [:]
    ) async throws {
        let answer = try await server.send(
            .post, WebhookTests.path(kind), WebhookTests.hook(kind, url, name: name, more))
        try #require(answer.code == 201, "\(answer.text)")
    }

    @Test("a patch is in the stored object, which keeps its managed fields, and validating ones see it")
    func patches() async throws {
        try await WebhookTests.run(Self.script) { server, webhook, url in
            try await configure(server, "MutatingHook", url)
            let answer = try await server.send(
                .post, TestServer.widgets("acme") + "?fieldManager=me", TestServer.widget("w"))
            #expect(answer.code == 201)
            #expect(answer.json["spec"]?["note"] == "from the webhook")
            #expect(answer.json["metadata"]?["labels"] == ["seen": "yes"])
            #expect(answer.json["metadata"]?["managedFields"]?[0]?["manager"] == "me")
            #expect(answer.json["metadata"]?["managedFields"]?.text.contains("f:note") == false)
            let shown = webhook.requests.first?["object"]?["metadata"]
            #expect(shown?["uid"] == nil, "a new object has no uid before it is stored")
            let read = try await server.send(.get, TestServer.widgets("acme") + "/w")
            #expect(read.json == answer.json)
        }
    }

    @Test("an object that apply makes is changed too")
    func applies() async throws {
        try await WebhookTests.run(Self.script) { server, _, url in
            try await configure(server, "MutatingHook", url)
            let answer = try await server.send(
                .patch, TestServer.widgets("acme") + "/w?fieldManager=me", TestServer.widget("w"),
                type: "application/apply-patch+yaml")
            #expect(answer.code == 201)
            #expect(answer.json["spec"]?["note"] == "from the webhook")
        }
    }

    struct Change: CustomTestStringConvertible {
        var testDescription: String
        var operation: JSON
        var code: Int
        var words: String
    }

    static let changes = [
        Change(
            testDescription: "a value that the schema forbids",
            operation: ["op": "add", "path": "/spec/size", "value": "enormous"], code: 422, words: "spec.size"),
        Change(
            testDescription: "a place that is not there", operation: ["op": "remove", "path": "/spec/nothing"],
            code: 500, words: "the patch of admission webhook \"a.example.com\" does not fit the object"),
    ]

    @Test("a patch that makes a bad object is refused", arguments: changes)
    func badPatch(_ change: Change) async throws {
        try await WebhookTests.run(WebhookServer.patch([change.operation])) { server, _, url in
            try await configure(server, "MutatingHook", url)
            let answer = try await server.send(.post, TestServer.widgets("acme"), TestServer.widget("w"))
            #expect(answer.code == change.code)
            #expect(answer.message.contains(change.words))
        }
    }

    @Test("unknown members are pruned, and what only the server decides stays as it was")
    func pruned() async throws {
        let script = WebhookServer.patch([
            ["op": "add", "path": "/spec/stranger", "value": 1],
            ["op": "add", "path": "/metadata/uid", "value": "stolen"],
            ["op": "add", "path": "/metadata/namespace", "value": "demo"],
            ["op": "add", "path": "/status", "value": ["phase": "Done"]],
            ["op": "remove", "path": "/spec/size"],
        ])
        try await WebhookTests.run(script) { server, _, url in
            try await configure(server, "MutatingHook", url)
            let answer = try await server.send(.post, TestServer.widgets("acme"), TestServer.widget("w"))
            #expect(answer.code == 201)
            #expect(answer.json["spec"]?["stranger"] == nil)
            #expect(answer.json["spec"]?["size"] == "medium")
            #expect(answer.json["metadata"]?["uid"] != "stolen")
            #expect(answer.json["metadata"]?["namespace"] == "prod")
            #expect(answer.json["status"] == nil)
        }
    }

    @Test("webhooks that always change the object do not loop: each is asked once again at most")
    func loops() async throws {
        let script: WebhookServer.Script = { request in
            let note = request["object"]?["spec"]?["note"]?.string ?? ""
            return await WebhookServer.patch([["op": "add", "path": "/spec/note", "value": .string(note + "x")]])(
                request)
        }
        try await WebhookTests.run(script) { server, webhook, url in
            for name in ["a.example.com", "b.example.com", "c.example.com"] {
                let policy = name.hasPrefix("c") ? "Never" : "IfNeeded"
                try await configure(server, "MutatingHook", url, name: name, ["reinvocationPolicy": .string(policy)])
            }
            let answer = try await server.send(.post, TestServer.widgets("acme"), TestServer.widget("w"))
            #expect(answer.json["spec"]?["note"] == "xxxxx")
            #expect(webhook.requests.count == 5)
        }
    }

    @Test("a webhook is shown the version that its rule names, and its patch is turned back", arguments: [true, false])
    func equivalents(isExact: Bool) async throws {
        let script = WebhookServer.patch([["op": "replace", "path": "/spec/dimension", "value": "large"]])
        try await WebhookTests.run(script) { server, webhook, url in
            var rule = WebhookTests.rule
            rule["apiVersions"] = ["v1alpha1"]
            let policy: JSON = isExact ? "Exact" : "Equivalent"
            try await configure(server, "MutatingHook", url, ["rules": [rule], "matchPolicy": policy])
            let answer = try await server.send(.post, TestServer.widgets("acme"), TestServer.widget("w"))
            #expect(answer.code == 201)
            #expect(answer.json["spec"]?["size"] == (isExact ? "medium" : "large"))
            #expect(webhook.requests.count == (isExact ? 0 : 1))
            guard let request = webhook.requests.first else { return }
            #expect(request["resource"]?["version"] == "v1alpha1")
            #expect(request["requestResource"]?["version"] == "v1")
        }
    }

    struct Match: CustomTestStringConvertible {
        var testDescription: String
        var settings: JSON
        var isAsked: Bool
    }

    private static func condition(_ expression: String) -> JSON {
        ["matchConditions": [["name": "a", "expression": .string(expression)]]]
    }

    static let matches = [
        Match(testDescription: "its labels", settings: ["objectSelector": ["matchLabels": ["a": "b"]]], isAsked: true),
        Match(
            testDescription: "other labels", settings: ["objectSelector": ["matchLabels": ["a": "c"]]], isAsked: false),
        Match(
            testDescription: "its namespace's labels",
            settings: ["namespaceSelector": ["matchLabels": ["tier": "top"]]],
            isAsked: true),
        Match(
            testDescription: "other namespaces", settings: ["namespaceSelector": ["matchLabels": ["tier": "low"]]],
            isAsked: false),
        Match(
            testDescription: "a condition that holds",
            settings: condition("request.operation == 'CREATE' && object.metadata.name.startsWith('w')"), isAsked: true),
        Match(
            testDescription: "one that does not", settings: condition("request.userInfo.username != 'admin'"),
            isAsked: false),
        Match(
            testDescription: "one that cannot be decided, with the policy Ignore",
            settings: [
                "failurePolicy": "Ignore", "matchConditions": [["name": "a", "expression": "object.nothing == 1"]],
            ],
            isAsked: false),
    ]

    @Test("selectors and conditions say what a webhook is asked about", arguments: matches)
    func matching(_ match: Match) async throws {
        try await WebhookTests.run(WebhookServer.allow) { server, webhook, url in
            let space =
                #"{"apiVersion":"test.scs.community/v1","kind":"Space","metadata":{"name":"prod","labels":{"tier":"top"}}}"#
            #expect(try await server.send(.post, WebhookTests.path("Space"), space).code == 201)
            try await configure(server, "ValidatingHook", url, match.settings)
            let answer = try await server.send(
                .post, TestServer.widgets("acme"), TestServer.widget("w", metadata: #","labels":{"a":"b"}"#))
            #expect(answer.code == 201)
            #expect(webhook.requests.count == (match.isAsked ? 1 : 0))
        }
    }

    @Test("a condition that cannot be decided refuses the write when the policy is Fail")
    func undecided() async throws {
        try await WebhookTests.run(WebhookServer.allow) { server, webhook, url in
            try await configure(server, "ValidatingHook", url, Self.condition("object.nothing == 1"))
            let answer = try await server.send(.post, TestServer.widgets("acme"), TestServer.widget("w"))
            #expect(answer.code == 403)
            #expect(answer.message.contains("no such key: nothing"))
            #expect(webhook.requests.isEmpty)
        }
    }
}
