// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

/// The one document of version 2, which older clients read.
@Suite("OpenAPI version 2", .timeLimit(.minutes(1)))
struct OpenAPITests {
    private static let protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"

    @Test("has the definitions and operations of all kinds")
    func json() async throws {
        try await TestServer.run { server in
            let document = try await server.send(.get, "/openapi/v2").json
            #expect(document["swagger"] == "2.0")
            let definitions = document["definitions"]?.object?.keys ?? []
            #expect(definitions.contains("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"))
            #expect(definitions.contains("io.k8s.api.core.v1.ConfigMap"))
            #expect(definitions.contains("community.scs.test.v1.Widget"))
            #expect(Set(definitions).count == definitions.count)
            let widget = document["definitions"]?["community.scs.test.v1.Widget"]
            #expect(widget?["x-kubernetes-group-version-kind"]?[0]?["kind"] == "Widget")
            #expect(
                widget?["properties"]?["metadata"]?["$ref"]
                    == "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")
            let path = "/apis/test.scs.community/v1/namespaces/{namespace}/widgets/{name}"
            let patch = document["paths"]?[path]?["patch"]
            let names = patch?["parameters"]?.array?.compactMap { $0["name"]?.string } ?? []
            #expect(names.contains("fieldValidation") && names.contains("dryRun") && names.contains("body"))
            #expect(patch?["x-kubernetes-action"] == "patch")
            #expect(patch?["consumes"]?.array?.contains("application/merge-patch+json") == true)
        }
    }

    @Test("points nowhere that is not in it, and has no word of version 3")
    func references() async throws {
        try await TestServer.run { server in
            let text = try await server.send(.get, "/openapi/v2").text
            #expect(!text.contains("#/components/") && !text.contains("requestBody") && !text.contains("nullable"))
            let document = try JSON(parsing: text)
            let known = Set(document["definitions"]?.object?.keys ?? [])
            let named = text.split(separator: "\"#/definitions/").dropFirst().map { $0.prefix { $0 != "\"" } }
            #expect(!named.isEmpty && named.allSatisfy { known.contains(String($0)) })
        }
    }

    @Test("comes as JSON or protobuf, each with a tag, and 304 to who has it")
    func forms() async throws {
        try await TestServer.run { server in
            let json = try await server.send(.get, "/openapi/v2", accept: "application/json")
            let message = try await server.send(.get, "/openapi/v2", accept: Self.protobuf)
            #expect(json.headers[.contentType] == "application/json")
            #expect(
                message.headers[.contentType] == "application/com.github.proto-openapi.spec.v2.v1.0+protobuf")
            // The first field of the message is the text 2.0.
            #expect(message.bytes.starts(with: [0x0a, 3] + Array("2.0".utf8)))
            let tag = try #require(message.headers[.eTag])
            #expect(tag != json.headers[.eTag])
            let again = try await server.send(
                .get, "/openapi/v2", accept: Self.protobuf, headers: [.ifNoneMatch: tag])
            #expect(again.code == 304 && again.bytes.isEmpty)
            let several = try await server.send(
                .get, "/openapi/v2", accept: Self.protobuf, headers: [.ifNoneMatch: "\"old\", W/\(tag)"])
            #expect(several.code == 304)
            let older = try await server.send(
                .get, "/openapi/v2", accept: Self.protobuf, headers: [.ifNoneMatch: "\"old\""])
            #expect(older.code == 200)
            #expect(try await server.send(.get, "/openapi/v2", accept: "text/html").code == 406)
        }
    }

    @Test("is each organization's own")
    func organization() async throws {
        try await TestServer.run { server in
            let text = try await server.send(.get, "/organizations/acme/openapi/v2", as: "jane@acme").text
            #expect(text.contains("v1.Widget\"") && !text.contains("v1.Machine\""))
        }
    }
}
