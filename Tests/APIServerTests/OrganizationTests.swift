// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

@Suite("Organizations", .timeLimit(.minutes(1)))
struct OrganizationTests {
    private static let group = "/apis/test.scs.community/v1"

    @Test("the same name in two organizations is two objects")
    func apart() async throws {
        try await TestServer.run { server in
            try await server.make("web", #"{"note":"ours"}"#, in: "acme")
            try await server.make("web", #"{"note":"theirs"}"#, in: "globex")
            for (user, note) in [("jane@acme", "ours"), ("jane@globex", "theirs")] {
                let organization = String(user.dropFirst(5))
                let answer = try await server.send(.get, TestServer.widgets(organization) + "/web", as: user)
                #expect(answer.json["spec"]?["note"]?.string == note)
                #expect(try await server.send(.get, TestServer.widgets(organization), as: user).names == ["web"])
            }
            #expect(try await server.send(.get, Self.group + "/widgets").names.isEmpty)
        }
    }

    @Test(
        "nobody crosses into another organization, and hears the same whether it exists or not",
        arguments: [
            (HTTPRequest.Method.get, ""), (.get, "/web"), (.get, "?watch=1"), (.delete, "/web"), (.delete, ""),
        ])
    func noCrossing(_ method: HTTPRequest.Method, _ rest: String) async throws {
        try await TestServer.run { server in
            try await server.make("web", in: "globex")
            let there = try await server.send(method, TestServer.widgets("globex") + rest, as: "jane@acme")
            let nowhere = try await server.send(method, TestServer.widgets("initech") + rest, as: "jane@acme")
            let root = try await server.send(method, TestServer.widgets + rest, as: "jane@acme")
            let all = try await server.send(method, "/organizations/*\(Self.group)/widgets" + rest, as: "jane@acme")
            for answer in [there, nowhere, root, all] { #expect(answer.code == 403) }
            #expect(there.text == nowhere.text)
            #expect(!there.text.contains("globex"))
            #expect(try await server.send(.get, TestServer.widgets("globex") + "/web").code == 200)
        }
    }

    @Test("an organization that does not exist is a 404 for the provider's own people")
    func unknown() async throws {
        try await TestServer.run { server in
            for path in [TestServer.widgets("initech"), "/organizations/initech/apis"] {
                let answer = try await server.send(.get, path)
                #expect(answer.code == 404)
                #expect(answer.message == #"organization "initech" not found"#)
            }
        }
    }

    @Test("who may only read cannot write")
    func forbidden() async throws {
        try await TestServer.run { server in
            let answer = try await server.send(
                .post, TestServer.widgets("acme"), TestServer.widget("one"), as: "john@acme")
            #expect(answer.code == 403)
            #expect(
                answer.message
                    == #"widgets.test.scs.community is forbidden: User "john@acme" cannot create resource "widgets" in API group "test.scs.community" in the namespace "prod""#
            )
        }
    }

    @Test("over all organizations each object says where it lives, and nothing can be written or read alone")
    func everywhere() async throws {
        try await TestServer.run { server in
            try await server.make(
                "a", metadata: #","annotations":{"x":"y","scs.community/organization":"lie"}"#, in: "acme")
            try await server.make("b", in: "globex")
            let path = "/organizations/*\(Self.group)"
            let answer = try await server.send(.get, path + "/widgets")
            #expect(answer.names == ["a", "b"])
            let marks = answer.json["items"]?.array?.compactMap {
                $0["metadata"]?["annotations"]?["scs.community/organization"]?.string
            }
            #expect(marks == ["acme", "globex"])
            let inNamespace = try await server.send(.get, path + "/namespaces/prod/widgets?limit=1")
            #expect(inNamespace.names == ["a"])
            #expect(try await server.send(.get, path + "/namespaces/demo/widgets").names.isEmpty)
            #expect(try await server.send(.get, path + "/namespaces/prod/widgets/a").code == 405)
            #expect(try await server.send(.post, path + "/namespaces/prod/widgets", TestServer.widget("c")).code == 405)
            #expect(try await server.send(.delete, path + "/namespaces/prod/widgets").code == 405)
        }
    }

    @Test("shared objects are written at the root and read everywhere")
    func shared() async throws {
        try await TestServer.run { server in
            let body = #"{"apiVersion":"test.scs.community/v1","kind":"Flavour","metadata":{"name":"small"},"spec":{}}"#
            #expect(try await server.send(.post, Self.group + "/flavours", body).code == 201)
            let there = "/organizations/acme\(Self.group)/flavours"
            #expect(try await server.send(.get, there, as: "jane@acme").names == ["small"])
            #expect(try await server.send(.get, there + "/small", as: "jane@acme").code == 200)
            for (method, path) in [
                (HTTPRequest.Method.delete, there + "/small"), (.post, there), (.patch, there + "/small"),
            ] {
                let refused = try await server.send(method, path, method == .delete ? "" : body, as: "jane@acme")
                #expect(refused.code == 403)
                #expect(refused.message.contains("they are written at the root path"))
            }
        }
    }

    @Test("the provider's own kinds are not there in an organization")
    func provider() async throws {
        try await TestServer.run { server in
            let body = #"{"apiVersion":"test.scs.community/v1","kind":"Machine","metadata":{"name":"one"},"spec":{}}"#
            #expect(try await server.send(.post, Self.group + "/machines", body).code == 201)
            #expect(
                try await server.send(.get, "/organizations/acme\(Self.group)/machines", as: "jane@acme").code == 404)
            let discovery = try await server.send(.get, "/organizations/acme\(Self.group)", as: "jane@acme").text
            #expect(!discovery.contains("machines") && discovery.contains("flavours"))
        }
    }

    @Test("who shows nothing may ask for health and version only, and a bad token is refused everywhere")
    func anonymous() async throws {
        try await TestServer.run { server in
            for path in ["/healthz", "/livez", "/readyz", "/version"] {
                #expect(try await server.send(.get, path, as: nil).code == 200)
                #expect(try await server.send(.get, path, as: "bad").code == 401)
            }
            for path in ["/apis", "/openapi/v3", TestServer.widgets("acme"), "/nothing"] {
                let answer = try await server.send(.get, path, as: nil)
                #expect(answer.code == 401)
                #expect(answer.json["reason"] == "Unauthorized")
            }
            let basic = try await server.send(.get, "/version", as: nil, headers: [.authorization: "Basic eDp5"])
            #expect(basic.code == 401)
        }
    }

    @Test("a path through a namespace does not lead to what lives in none")
    func namespacedPath() async throws {
        try await TestServer.run { server in
            let body = #"{"apiVersion":"test.scs.community/v1","kind":"Machine","metadata":{"name":"prod"},"spec":{}}"#
            #expect(try await server.send(.post, Self.group + "/machines", body).code == 201)
            for name in ["prod", "other"] {
                let answer = try await server.send(.get, Self.group + "/namespaces/\(name)/machines/prod")
                #expect(answer.code == 404)
                #expect(answer.text == "404 page not found\n")
            }
        }
    }
}
