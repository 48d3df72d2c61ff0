// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

@Suite("Discovery", .timeLimit(.minutes(1)))
struct DiscoveryTests {
    private static let both =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json"

    @Test("the old documents name groups, versions, kinds and doors")
    func legacy() async throws {
        try await TestServer.run { server in
            let groups = try await server.send(.get, "/apis").json
            #expect(groups["kind"] == "APIGroupList")
            #expect(groups["groups"]?[0]?["name"] == "test.scs.community")
            #expect(groups["groups"]?[0]?["preferredVersion"]?["version"] == "v1")
            let group = try await server.send(.get, "/apis/test.scs.community").json
            #expect(group["kind"] == "APIGroup")
            #expect(group["versions"]?.array?.count == 2)
            let list = try await server.send(.get, "/apis/test.scs.community/v1").json
            let resources = list["resources"]?.array ?? []
            let names = resources.compactMap { $0["name"]?.string }
            #expect(names.contains("widgets") && names.contains("widgets/status") && names.contains("vaults/open"))
            #expect(!names.contains("machines/status") && !names.contains("echoes/status"))
            let widgets = resources.first { $0["name"] == "widgets" }
            #expect(widgets?["shortNames"] == ["wd"])
            #expect(widgets?["categories"] == ["all"])
            let maps = try await server.send(.get, "/api/v1").json["resources"]?[0]
            // As upstream has it for the same kind.
            #expect(maps?["name"] == "configmaps" && maps?["storageVersionHash"] == "qFsyl6wFWjQ=")
            #expect(resources.first { $0["name"] == "echoes" }?["storageVersionHash"] == nil)
            #expect(
                widgets?["verbs"] == [
                    "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch",
                ])
            #expect(resources.first { $0["name"] == "echoes" }?["verbs"] == ["create"])
            let core = try await server.send(.get, "/api").json
            #expect(core["kind"] == "APIVersions" && core["serverAddressByClientCIDRs"] == [])
        }
    }

    @Test("the aggregated document comes in the version asked for, with a tag")
    func aggregated() async throws {
        try await TestServer.run { server in
            let answer = try await server.send(.get, "/apis", accept: Self.both)
            #expect(
                answer.headers[.contentType] == "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
            #expect(answer.json["items"]?[0]?["metadata"]?["name"] == "test.scs.community")
            let resources = answer.json["items"]?[0]?["versions"]?[0]?["resources"]?.array ?? []
            let widgets = resources.first { $0["resource"] == "widgets" }
            #expect(widgets?["scope"] == "Namespaced")
            #expect(widgets?["responseKind"]?["kind"] == "Widget")
            #expect(widgets?["subresources"]?[0]?["subresource"] == "status")
            let tag = try #require(answer.headers[.eTag])
            let again = try await server.send(.get, "/apis", accept: Self.both, headers: [.ifNoneMatch: tag])
            #expect(again.code == 304 && again.bytes.isEmpty)
            let old = try await server.send(
                .get, "/apis", accept: "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList")
            #expect(old.json["apiVersion"] == "apidiscovery.k8s.io/v2beta1")
            let odd = try await server.send(
                .get, "/apis", accept: "application/json;g=apidiscovery.k8s.io;v=v9;as=APIGroupDiscoveryList")
            #expect(odd.code == 406)
        }
    }

    @Test("in an organization, shared kinds can only be read")
    func organization() async throws {
        try await TestServer.run { server in
            let list = try await server.send(.get, "/organizations/acme/apis/test.scs.community/v1", as: "john@acme")
                .json
            let flavours = list["resources"]?.array?.first { $0["name"] == "flavours" }
            #expect(flavours?["verbs"] == ["get", "list", "watch"])
        }
    }

    @Test("the OpenAPI index names each document with its hash")
    func openAPI() async throws {
        try await TestServer.run { server in
            let index = try await server.send(.get, "/organizations/acme/openapi/v3", as: "jane@acme").json
            let entry = index["paths"]?["apis/test.scs.community/v1"]?["serverRelativeURL"]?.string
            let path = try #require(entry)
            #expect(path.hasPrefix("/organizations/acme/openapi/v3/apis/test.scs.community/v1?hash="))
            let document = try await server.send(.get, path, as: "jane@acme")
            #expect(document.code == 200)
            #expect(document.headers[.cacheControl]?.contains("immutable") == true)
            // The tests' clock stands at the beginning of 2026.
            #expect(document.headers[.expires] == "Fri, 01 Jan 2027 00:00:00 GMT")
            #expect(document.json["components"]?["schemas"]?.object?.isEmpty == false)
            let schemas = document.json["components"]?["schemas"]?.object?.keys ?? []
            #expect(schemas.contains { $0.hasSuffix(".Widget") } && !schemas.contains { $0.hasSuffix(".Machine") })
            let stale = try await server.send(.get, path + "0", as: "jane@acme")
            #expect(stale.code == 301)
            #expect(stale.headers[.location] == path)
        }
    }

    @Test("version and health answer as clients expect")
    func versionAndHealth() async throws {
        try await TestServer.run { server in
            let version = try await server.send(.get, "/version").json
            #expect(version["major"] == "1")
            #expect(version["gitVersion"]?.string?.hasPrefix("v1.32.0+scs") == true)
            let ready = try await server.send(.get, "/readyz?verbose")
            #expect(ready.text == "[+]ping ok\n[+]store ok\nreadyz check passed\n")
            #expect(try await server.send(.get, "/livez?verbose").text == "[+]ping ok\nlivez check passed\n")
            #expect(try await server.send(.get, "/readyz/store").text == "ok")
            #expect(try await server.send(.get, "/livez/ping?verbose").text == "ok")
            #expect(try await server.send(.get, "/livez/none").code == 404)
            #expect(try await server.send(.get, "/version").headers[HTTPField.Name("Audit-Id") ?? .eTag] == "request-1")
        }
    }
}
