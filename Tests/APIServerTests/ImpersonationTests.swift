// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

@Suite("Acting as somebody else", .timeLimit(.minutes(1)))
struct ImpersonationTests {
    private func headers(_ fields: [(String, String)]) throws -> HTTPFields {
        var headers = HTTPFields()
        for (name, value) in fields {
            headers.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
        }
        return headers
    }

    @Test("who may impersonate has the rights of the other, and the audit names both")
    func rights() async throws {
        try await TestServer.run { server in
            let john = try headers([("Impersonate-User", "john@acme"), ("Impersonate-Group", "staff")])
            let path = TestServer.widgets("acme")
            #expect(try await server.send(.get, path, headers: john).code == 200)
            let refused = try await server.send(.post, path, TestServer.widget("a"), headers: john)
            #expect(refused.code == 403)
            #expect(refused.message.contains(#"User "john@acme" cannot create resource "widgets""#))
            let line = try #require(server.audit.lines.last)
            #expect(line["user"]?["username"] == "admin")
            #expect(line["impersonatedUser"]?["username"] == "john@acme")
            #expect(line["impersonatedUser"]?["groups"] == ["staff", "system:authenticated"])
        }
    }

    @Test("nobody leaves an organization by acting as somebody else")
    func confined() async throws {
        try await TestServer.run { server in
            let other = try headers([("Impersonate-User", "jane@globex")])
            let path = TestServer.widgets("globex")
            #expect(try await server.send(.get, path, as: "jane@acme", headers: other).code == 403)
        }
    }

    static let refusals: [(sender: String, fields: [(String, String)], code: Int, says: String)] = [
        ("john@acme", [("Impersonate-User", "jane@acme")], 403, #"cannot impersonate resource "users""#),
        ("admin", [("Impersonate-Group", "staff")], 400, "user name"),
        ("admin", [("Impersonate-User", "system:scs:controller:garbage")], 403, "impersonate"),
        (
            "admin", [("Impersonate-User", "x"), ("Impersonate-Group", "system:scs:controllers")], 403, "impersonate"
        ),
        ("jane@acme", [("Impersonate-User", "x"), ("Impersonate-Group", "system:masters")], 403, "impersonate"),
    ]

    @Test("who may not is refused, and some may be acted as by nobody", arguments: refusals)
    func refused(_ sender: String, _ fields: [(String, String)], _ code: Int, _ says: String) async throws {
        try await TestServer.run { server in
            let answer = try await server.send(
                .get, TestServer.widgets("acme"), as: sender, headers: try headers(fields))
            #expect(answer.code == code)
            #expect(answer.message.contains(says), "\(answer.message)")
        }
    }
}
