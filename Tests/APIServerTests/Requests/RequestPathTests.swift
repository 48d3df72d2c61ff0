// SPDX-License-Identifier: Apache-2.0

import APIServer
import Resources
import Testing

@Suite("Request path")
struct RequestPathTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let path: String
        let expected: RequestPath
        var testDescription: String { path }

        init(_ path: String, _ expected: RequestPath) {
            self.path = path
            self.expected = expected
        }
    }

    private static func widgets(
        _ organizations: Scope.Organizations = .root, namespace: String? = nil, name: String? = nil,
        door: String? = nil, isWatch: Bool = false
    ) -> RequestPath {
        .resource(
            ResourceRequest(
                organizations: organizations,
                resource: GroupVersionResource(group: "g.example", version: "v1", resource: "widgets"),
                namespace: namespace, name: name, subresource: door, isWatch: isWatch))
    }

    private static func core(
        _ resource: String, namespace: String?, name: String? = nil, door: String? = nil
    ) -> RequestPath {
        .resource(
            ResourceRequest(
                organizations: .root, resource: GroupVersionResource(group: "", version: "v1", resource: resource),
                namespace: namespace, name: name, subresource: door))
    }

    static let resources = [
        Case("/apis/g.example/v1/widgets", widgets()),
        Case("/apis/g.example/v1/widgets/", widgets()),
        Case("/apis/g.example/v1/widgets/one", widgets(name: "one")),
        Case("/apis/g.example/v1/widgets/one/status", widgets(name: "one", door: "status")),
        Case("/apis/g.example/v1/namespaces/a/widgets/one", widgets(namespace: "a", name: "one")),
        Case("/apis/g.example/v1/watch/namespaces/a/widgets", widgets(namespace: "a", isWatch: true)),
        Case("/apis/g.example/v1/namespaces/a/widgets/o%6Ee", widgets(namespace: "a", name: "one")),
        Case("/organizations/acme/apis/g.example/v1/widgets", widgets(.one("acme"))),
        Case("/organizations/*/apis/g.example/v1/widgets", widgets(.everywhere)),
        Case("/api/v1/namespaces", core("namespaces", namespace: nil)),
        Case("/api/v1/namespaces/a", core("namespaces", namespace: "a", name: "a")),
        Case("/api/v1/namespaces/a/status", core("namespaces", namespace: "a", name: "a", door: "status")),
        Case("/api/v1/namespaces/a/secrets", core("secrets", namespace: "a")),
        Case("/apis/g.example/v1/widgets/a/b/c", .unknown(.root)),
        Case("/apis/g.example/v1/widgets/%zz", .unknown(.root)),
        Case("/apis/g.example/v1/widgets/%ff", .unknown(.root)),
    ]

    static let documents = [
        Case("/api", .discovery(.root, .core)),
        Case("/apis", .discovery(.root, .groups)),
        Case("/organizations/acme/apis", .discovery(.one("acme"), .groups)),
        Case("/apis/g.example", .discovery(.root, .group("g.example"))),
        Case("/api/v1", .discovery(.root, .resources(GroupVersion(group: "", version: "v1")))),
        Case("/apis/g.example/v1/", .discovery(.root, .resources(GroupVersion(group: "g.example", version: "v1")))),
        Case("/openapi/v2", .openAPI2(.root)),
        Case("/organizations/acme/openapi/v2", .openAPI2(.one("acme"))),
        Case("/openapi/v3", .openAPI(.root, nil)),
        Case("/openapi/v3/api/v1", .openAPI(.root, GroupVersion(group: "", version: "v1"))),
        Case("/openapi/v3/apis/g.example/v1", .openAPI(.root, GroupVersion(group: "g.example", version: "v1"))),
        Case("/version", .version(.root)),
        Case("/healthz", .health(.healthz, check: nil)),
        Case("/readyz/store", .health(.readyz, check: "store")),
        Case("/", .unknown(.root)),
        Case("/nothing", .unknown(.root)),
        Case("/organizations/acme", .unknown(.one("acme"))),
    ]

    @Test("a path says which objects or which document are meant", arguments: resources + documents)
    func reads(_ given: Case) { #expect(RequestPath(given.path) == given.expected) }
}
