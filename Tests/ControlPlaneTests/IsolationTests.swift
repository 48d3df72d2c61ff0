// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import RESTClient
import TestTime
import Testing

@Suite("Two organizations with a namespace prod each: nothing crosses", .timeLimit(.minutes(2)))
struct IsolationTests {
    /// What stands in globex only; acme must see it nowhere.
    private static let canary = "canary-of-globex"
    private static let prod = "/api/v1/namespaces/prod"

    /// Both organizations, furnished alike, with two callers of acme that may do everything at home.
    private struct Town {
        let server: RunningServer
        let admin: Caller
        /// By how they log in.
        let callers: [(name: String, caller: Caller)]
    }

    @Test("who may do everything in one organization may do nothing in the other")
    func verbs() async throws {
        let town = try await town()
        let paths = ["/organizations/globex", "", "/organizations/*", "/organizations/%2A"]
        for (name, caller) in town.callers {
            let home = try await caller.send(.get, "/organizations/acme\(Self.prod)/secrets/shared")
            #expect(home.status == 200, "\(name) at home: \(home.text)")
            for root in paths {
                for (method, path, body) in Self.requests {
                    let answer = try await caller.send(
                        method, root + path, body,
                        as: method == .patch ? "application/merge-patch+json" : "application/json")
                    let place: Comment = "\(name): \(method) \(root)\(path): \(answer.status) \(answer.text)"
                    #expect([401, 403].contains(answer.status), place)
                    #expect(!answer.text.contains(Self.canary), place)
                }
            }
        }
        let untouched = try await town.admin.send(.get, "/organizations/globex\(Self.prod)/configmaps/shared")
        #expect(untouched.tree["data"]?["word"]?.string == Self.canary)
        #expect(try await town.admin.send(.get, "/organizations/globex\(Self.prod)/secrets/shared").status == 200)
    }

    @Test("an organization that exists and one that does not sound the same from outside")
    func noOracle() async throws {
        let town = try await town()
        for (name, caller) in town.callers {
            let there = try await caller.send(.get, "/organizations/globex\(Self.prod)/secrets")
            let nowhere = try await caller.send(.get, "/organizations/initech\(Self.prod)/secrets")
            #expect(there.status == nowhere.status, "\(name)")
            #expect(there.text == nowhere.text, "\(name)")
        }
    }

    @Test("lists and tables of one organization hold nothing of the other")
    func lists() async throws {
        let town = try await town()
        let queries = ["", "?limit=1", "?labelSelector=in%3Dboth", "?fieldSelector=metadata.name%3Dshared"]
        for (name, caller) in town.callers {
            for resource in ["secrets", "configmaps", "events", "serviceaccounts", "namespaces"] {
                for query in queries where !(resource == "namespaces" && query.contains("Selector")) {
                    let answer = try await caller.send(.get, "/organizations/acme/api/v1/\(resource)\(query)")
                    #expect(answer.status == 200, "\(name) \(resource)\(query): \(answer.text)")
                    #expect(!answer.text.contains(Self.canary), "\(name) \(resource)\(query)")
                }
            }
            let missing = try await caller.send(.get, "/organizations/acme\(Self.prod)/secrets/\(Self.canary)")
            #expect(missing.status == 404)
        }
    }

    @Test("a continue token of one organization reads nothing in another")
    func continueToken() async throws {
        let town = try await town()
        let page = try await town.admin.send(.get, "/organizations/globex/api/v1/configmaps?limit=1")
        let token = try #require(page.tree["metadata"]?["continue"]?.string)
        for (name, caller) in town.callers {
            let answer = try await caller.send(
                .get, "/organizations/acme/api/v1/configmaps?limit=5&continue=\(token)")
            #expect(!answer.text.contains(Self.canary), "\(name): \(answer.text)")
        }
    }

    @Test("a watch of one organization hears nothing of the other")
    func watch() async throws {
        let town = try await town()
        let path = "/organizations/acme/api/v1/configmaps"
        let caller = try #require(town.callers.first).caller
        let start = try await caller.send(.get, path).resourceVersion
        let watch = try await caller.stream("\(path)?watch=1&resourceVersion=\(start)")
        #expect(watch.status == 200)
        for organization in ["globex", "acme"] {
            let word = organization == "acme" ? "end-of-test" : "\(Self.canary)-later"
            try await Furnisher(admin: town.admin).make(
                "/organizations/\(organization)\(Self.prod)/configmaps", ["metadata": ["name": .string(word)]])
        }
        var heard = ""
        for try await chunk in watch.chunks {
            heard += String(decoding: chunk, as: UTF8.self)
            if heard.contains("end-of-test") { break }
        }
        #expect(!heard.contains(Self.canary))
    }

    @Test("a kind that one organization defines is nowhere in the other, which may define its own of that name")
    func definitions() async throws {
        let town = try await town()
        let furnisher = Furnisher(admin: town.admin)
        let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
        let vaults = "/apis/canary-of-globex.example.org/v1/vaults"
        try await furnisher.make(Furnisher.root("globex") + definitions, Self.vaultDefinition(columns: []))
        try await eventually("the kind") {
            try await town.admin.send(.get, Furnisher.root("globex") + vaults).status == 200
        }
        try await furnisher.make(
            Furnisher.root("globex") + vaults,
            [
                "apiVersion": "canary-of-globex.example.org/v1", "kind": "Vault", "metadata": ["name": "v"],
            ])
        let documents = [
            "/api", "/apis", "/openapi/v2", "/openapi/v3", definitions, "\(definitions)?watch=1&timeoutSeconds=1",
        ]
        for (name, caller) in town.callers {
            for path in documents {
                let answer = try await caller.send(.get, "/organizations/acme\(path)")
                #expect(answer.status == 200, "\(name): \(path): \(answer.text)")
                #expect(!answer.text.contains(Self.canary), "\(name): \(path)")
            }
            for path in [vaults, "\(vaults)/v", "/apis/canary-of-globex.example.org", "/openapi/v3\(vaults)"] {
                let answer = try await caller.send(.get, "/organizations/acme\(path)")
                let nonsense = path.replacing("canary-of-globex", with: "no-such-group")
                let unknown = try await caller.send(.get, "/organizations/acme\(nonsense)")
                #expect(answer.status == 404, "\(name): \(path)")
                #expect(answer.text == unknown.text, "\(name): \(path)")
            }
        }
        // The same name is free in acme, with another shape, and the two never mix.
        let caller = try #require(town.callers.first).caller
        let own = try await caller.send(
            .post, "/organizations/acme\(definitions)", Self.vaultDefinition(columns: ["x"]))
        #expect(own.status == 201, "\(own.text)")
        try await eventually("the kind of acme") {
            try await caller.send(.get, "/organizations/acme\(vaults)").status == 200
        }
        #expect(try await caller.send(.get, "/organizations/acme\(vaults)").names.isEmpty)
        #expect(try await caller.send(.get, "/organizations/acme/openapi/v2").text.contains(Self.canary))
        let gone = try await caller.send(.delete, "/organizations/acme\(definitions)/vaults.\(Self.canary).example.org")
        #expect(gone.status == 200, "\(gone.text)")
        try await eventually("the end of acme's kind") {
            try await caller.send(.get, "/organizations/acme\(vaults)").status == 404
        }
        #expect(try await !caller.send(.get, "/organizations/acme/openapi/v2").text.contains(Self.canary))
        #expect(try await town.admin.send(.get, Furnisher.root("globex") + vaults).names == ["v"])
    }

    private static func vaultDefinition(columns: [String]) -> JSON {
        let schema: JSON = ["type": "object", "properties": ["spec": ["type": "object"]]]
        var version: JSON = ["name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": schema]]
        if !columns.isEmpty {
            version["additionalPrinterColumns"] = .array(
                columns.map { ["name": .string($0), "type": "string", "jsonPath": ".spec.x"] })
        }
        return [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": .string("vaults.\(canary).example.org")],
            "spec": [
                "group": .string("\(canary).example.org"), "scope": "Cluster", "versions": [version],
                "names": ["plural": "vaults", "kind": "Vault"],
            ],
        ]
    }

    private static let requests: [(HTTPRequest.Method, String, JSON?)] = [
        (.get, "\(prod)/secrets/shared", nil), (.get, "\(prod)/secrets", nil),
        (.get, "\(prod)/secrets?watch=1", nil), (.get, "/api/v1/secrets", nil),
        (.get, "/api/v1/namespaces", nil), (.get, "\(prod)/configmaps/other", nil),
        (.post, "\(prod)/configmaps", ["metadata": ["name": "planted"]]),
        (.put, "\(prod)/configmaps/shared", ["metadata": ["name": "shared"], "data": ["word": "overwritten"]]),
        (.patch, "\(prod)/configmaps/shared", ["data": ["word": "overwritten"]]),
        (.delete, "\(prod)/configmaps/shared", nil), (.delete, "\(prod)/secrets", nil),
        (
            .post, "\(prod)/serviceaccounts/robot/token",
            ["apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": [:]]
        ),
        (
            .post, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            [
                "metadata": ["name": "grab"],
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"],
                "subjects": [["kind": "ServiceAccount", "name": "robot", "namespace": "prod"]],
            ]
        ),
        (.get, "/apis/management.scs.community/v1alpha1/organizations", nil),
    ]

    private func town() async throws -> Town {
        let server = RunningServer()
        try await server.start()
        let admin = try server.admin()
        let furnisher = Furnisher(admin: admin)
        var token = ""
        for organization in ["acme", "globex"] {
            try await furnisher.organization(organization)
            try await furnisher.namespace("prod", in: organization)
            let root = Furnisher.root(organization) + Self.prod
            let word: JSON = .string(organization == "acme" ? "of-acme" : Self.canary)
            for kind in ["configmaps", "secrets"] {
                let content = kind == "secrets" ? "stringData" : "data"
                let metadata: JSON = ["name": "shared", "labels": ["in": "both", "word": word]]
                try await furnisher.make("\(root)/\(kind)", ["metadata": metadata, content: ["word": word]])
                if organization == "globex" {
                    try await furnisher.make("\(root)/\(kind)", ["metadata": ["name": word]])
                }
            }
            let issued = try await furnisher.mightyAccount("robot", in: organization, "prod")
            if organization == "acme" { token = issued }
        }
        let certificate = try await furnisher.certificate("jane", in: "acme")
        return Town(
            server: server, admin: admin,
            callers: [
                ("service account", try admin.with(token: token)),
                ("certificate", try admin.with(identity: certificate)),
            ])
    }
}
