// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

@Suite("Creating and reading", .timeLimit(.minutes(1)))
struct CreateTests {
    @Test("a created object is defaulted, named, dated and read back as it was answered")
    func creates() async throws {
        try await TestServer.run { server in
            let made = try await server.send(
                .post, TestServer.widgets("acme"), TestServer.widget("one", #"{"replicas":2}"#))
            #expect(made.code == 201)
            #expect(made.json["spec"] == ["replicas": 2, "size": "medium"])
            let metadata = try #require(made.json["metadata"])
            #expect(metadata["namespace"] == "prod")
            #expect(metadata["generation"] == 1)
            #expect(metadata["creationTimestamp"] == "2026-01-01T00:00:00Z")
            #expect(metadata["uid"]?.string?.hasPrefix("uid-") == true)
            #expect(metadata["resourceVersion"] == "1")
            let read = try await server.send(.get, TestServer.widgets("acme") + "/one")
            #expect(read.bytes == made.bytes)
            #expect(
                server.outcomes.all == ["create widgets.test.scs.community 201", "get widgets.test.scs.community 200"])
        }
    }

    @Test("what only the server decides is not taken from the body")
    func decides() async throws {
        try await TestServer.run { server in
            let metadata =
                #","uid":"mine","creationTimestamp":"2020-01-01T00:00:00Z","generation":9,"selfLink":"/x","deletionTimestamp":"2020-01-01T00:00:00Z","managedFields":[{}]"#
            try await server.make("one", metadata: metadata)
            let read = try await server.send(.get, TestServer.widgets("acme") + "/one").json["metadata"]
            #expect(read?["uid"] != "mine")
            #expect(read?["generation"] == 1)
            for key in ["selfLink", "deletionTimestamp"] { #expect(read?[key] == nil) }
            #expect(read?["managedFields"]?.array?.first?["operation"] == "Update")
        }
    }

    @Test("a status sent on creation is left out")
    func leavesStatusOut() async throws {
        try await TestServer.run { server in
            let body =
                #"{"apiVersion":"test.scs.community/v1","kind":"Widget","metadata":{"name":"one"},"spec":{},"status":{"phase":"Ready"}}"#
            let made = try await server.send(.post, TestServer.widgets("acme"), body)
            #expect(made.code == 201)
            #expect(made.json["status"] == nil)
        }
    }

    @Test("a generated name is tried again until it is free")
    func generates() async throws {
        try await TestServer.run { server in
            let body =
                #"{"apiVersion":"test.scs.community/v1","kind":"Widget","metadata":{"generateName":"made-"},"spec":{}}"#
            let first = try await server.send(.post, TestServer.widgets("acme"), body)
            let second = try await server.send(.post, TestServer.widgets("acme"), body)
            #expect(first.code == 201 && second.code == 201)
            let names = try await server.send(.get, TestServer.widgets("acme")).names
            #expect(names.count == 2)
            #expect(names.allSatisfy { $0.hasPrefix("made-x") })
        }
    }

    @Test("a dry run answers and stores nothing")
    func dryRun() async throws {
        try await TestServer.run { server in
            let path = TestServer.widgets("acme")
            let made = try await server.send(.post, path + "?dryRun=All", TestServer.widget("one"))
            #expect(made.code == 201)
            #expect(made.json["metadata"]?["resourceVersion"] == nil)
            #expect(try await server.send(.get, path + "/one").code == 404)
            try await server.make("one")
            #expect(try await server.send(.post, path + "?dryRun=All", TestServer.widget("one")).code == 409)
        }
    }

    @Test("the same object is served in each version")
    func versions() async throws {
        try await TestServer.run { server in
            try await server.make("one", #"{"size":"large"}"#)
            let old = TestServer.widgets("acme").replacing("/v1/", with: "/v1alpha1/")
            let read = try await server.send(.get, old + "/one").json
            #expect(read["apiVersion"] == "test.scs.community/v1alpha1")
            #expect(read["spec"]?["dimension"] == "large")
            let body = TestServer.widget("two", #"{"dimension":"small"}"#, version: "v1alpha1")
            #expect(try await server.send(.post, old, body).code == 201)
            let new = try await server.send(.get, TestServer.widgets("acme") + "/two").json
            #expect(new["spec"]?["size"] == "small")
        }
    }

    @Test("YAML is taken as JSON is")
    func yaml() async throws {
        try await TestServer.run { server in
            let body = "apiVersion: test.scs.community/v1\nkind: Widget\nmetadata:\n  name: one\nspec:\n  size: large\n"
            let made = try await server.send(.post, TestServer.widgets("acme"), body, type: "application/yaml")
            #expect(made.code == 201)
            #expect(made.json["spec"]?["size"] == "large")
        }
    }

    @Test("a kind that is only answered keeps nothing")
    func answers() async throws {
        try await TestServer.run { server in
            let path = "/organizations/acme/apis/test.scs.community/v1/echoes"
            let body = #"{"apiVersion":"test.scs.community/v1","kind":"Echo","metadata":{},"spec":{"a":1}}"#
            let answer = try await server.send(.post, path, body, as: "jane@acme")
            #expect(answer.code == 201)
            #expect(answer.json["status"]?["heard"] == "jane@acme")
            #expect(try await server.send(.get, path, as: "jane@acme").code == 405)
        }
    }

    @Test("an action acts on the object that it names")
    func acts() async throws {
        try await TestServer.run { server in
            let path = "/organizations/acme/apis/test.scs.community/v1/namespaces/prod/vaults"
            let body = #"{"apiVersion":"test.scs.community/v1","kind":"Vault","metadata":{"name":"one"},"spec":{}}"#
            #expect(try await server.send(.post, path, body).code == 201)
            let opened = try await server.send(.post, path + "/one/open", "{}", as: "jane@acme")
            #expect(opened.code == 201)
            #expect(opened.json == ["opened": "one", "by": "jane@acme"])
            #expect(try await server.send(.post, path + "/none/open", "{}").code == 404)
            #expect(try await server.send(.post, path + "/one/close", "{}").code == 405)
        }
    }
}
