// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import TestTime
import Testing

/// Attacks of the past on rights, each by its number, tried on a whole server.
@Suite("Attacks on rights", .timeLimit(.minutes(3)))
struct RightsAttackTests {
    private typealias Request = (method: HTTPRequest.Method, path: String, body: JSON?, type: String)
    private static let json = "application/json"
    private static let merge = "application/merge-patch+json"
    private static let jsonPatch = "application/json-patch+json"
    private static let apply = "application/apply-patch+yaml"

    @Test("CVE-2023-23947: the right to update one object updates no other")
    func oneObject() async throws {
        let town = try await Town()
        for name in ["mine", "other"] {
            try await town.furnisher.make(
                "\(Town.prod)/secrets", ["metadata": ["name": .string(name)], "stringData": ["word": "before"]])
        }
        let all = ["get", "update", "patch", "delete", "create"]
        let eve = try await town.account("eve", may: Town.rule(all, ["secrets"], names: ["mine"]))
        let word: JSON = ["stringData": ["word": "after"]]
        func body(_ name: String, namespace: String = "prod") -> JSON {
            ["metadata": ["name": .string(name), "namespace": .string(namespace)], "stringData": ["word": "after"]]
        }
        try await eventually("the right") { try await eve.send(.get, "\(Town.prod)/secrets/mine").status == 200 }
        let requests: [(Request, Int)] = [
            ((.put, "/mine", body("mine"), Self.json), 200), ((.patch, "/mine", word, Self.merge), 200),
            ((.put, "/other", body("other"), Self.json), 403), ((.put, "/other", body("mine"), Self.json), 403),
            ((.put, "/mine", body("other"), Self.json), 400),
            ((.put, "/mine", body("mine", namespace: "x"), Self.json), 400),
            ((.patch, "/mine", ["metadata": ["name": "other"]], Self.merge), 400),
            ((.patch, "/other", word, Self.merge), 403),
            ((.patch, "/other?force=true&fieldManager=x", body("other"), Self.apply), 403),
            ((.get, "/other", nil, Self.json), 403), ((.delete, "/other", nil, Self.json), 403),
            ((.delete, "", nil, Self.json), 403), ((.get, "", nil, Self.json), 403),
            ((.post, "", body("new"), Self.json), 403),
            ((.get, "?fieldSelector=metadata.name%3Dother", nil, Self.json), 403),
            ((.get, "/mine%2F..%2Fother", nil, Self.json), 403), ((.get, "/mine/../other", nil, Self.json), 404),
        ]
        for (request, expected) in requests {
            let answer = try await eve.send(
                request.method, "\(Town.prod)/secrets\(request.path)", request.body, as: request.type)
            #expect(answer.status == expected, "\(request.method) \(request.path): \(answer.text)")
        }
        let other = try await town.admin.send(.get, "\(Town.prod)/secrets/other")
        #expect(other.tree["data"]?["word"] == "YmVmb3Jl")
    }

    @Test("CVE-2023-23947: an object keeps the site that it was made for")
    func site() async throws {
        let town = try await Town()
        let networks = "\(Town.root)/apis/networking.scs.community/v1alpha1/namespaces/prod/networks"
        let network: JSON = [
            "apiVersion": "networking.scs.community/v1alpha1", "kind": "Network", "metadata": ["name": "n"],
            "spec": ["site": "one"],
        ]
        let made = try await town.admin.send(.post, networks, network)
        try #require(made.status == 201, "\(made.text)")
        let other: JSON = ["spec": ["site": "two"]]
        let operations: JSON = [["op": "replace", "path": "/spec/site", "value": "two"]]
        for (body, type) in [(other, Self.merge), (operations, Self.jsonPatch)] {
            let answer = try await town.admin.send(.patch, "\(networks)/n", body, as: type)
            #expect(answer.status == 422 && answer.text.contains("spec.site"), "\(answer.text)")
        }
    }

    @Test("CVE-2022-31247: nobody grants what they do not have, by whichever door and verb")
    func escalation() async throws {
        let town = try await Town()
        let kinds = ["roles", "rolebindings", "clusterroles", "clusterrolebindings"]
        let eve = try await town.account(
            "eve", may: Town.rule(["create", "get", "update", "patch"], kinds, group: "rbac.authorization.k8s.io"),
            Town.rule(["get"], ["configmaps"]))
        let little: JSON = ["rules": [Town.rule(["get"], ["configmaps"])]]
        let much: JSON = ["rules": [Town.rule(["get"], ["secrets"])]]
        let inProd = "\(Town.rbac)/namespaces/prod"
        func named(_ body: JSON, _ name: String, _ kind: String) -> JSON {
            var body = body
            body["metadata"] = ["name": .string(name)]
            body["apiVersion"] = "rbac.authorization.k8s.io/v1"
            body["kind"] = .string(kind)
            return body
        }
        for (collection, kind) in [("\(inProd)/roles", "Role"), ("\(Town.rbac)/clusterroles", "ClusterRole")] {
            try await eventually("the right") {
                try await eve.send(.post, collection, named(little, "small", kind)).status != 403
            }
            try await Self.refuse(
                eve, collection, "small", "large", named(much, "small", kind), named(much, "large", kind), much)
        }
        for (collection, kind) in [
            ("\(inProd)/rolebindings", "RoleBinding"), ("\(Town.rbac)/clusterrolebindings", "ClusterRoleBinding"),
        ] {
            let mighty = Town.binding("small", to: "cluster-admin", "User", "eve")
            try await town.furnisher.make(collection, Town.binding("small", to: "cluster-admin", "User", "boss"))
            try await Self.refuse(
                eve, collection, "small", "large", named(mighty, "small", kind), named(mighty, "large", kind),
                ["subjects": mighty["subjects"] ?? .null])
        }
        let labels: JSON = ["metadata": ["labels": ["rbac.authorization.k8s.io/aggregate-to-view": "true"]]]
        let boss = named(much, "boss", "ClusterRole")
        try await town.furnisher.make("\(Town.rbac)/clusterroles", boss)
        let labelled = try await eve.send(.patch, "\(Town.rbac)/clusterroles/boss", labels, as: Self.merge)
        #expect(labelled.status == 403, "a label makes it part of a role that others have: \(labelled.text)")
        var all = named([:], "all", "ClusterRole")
        all["aggregationRule"] = ["clusterRoleSelectors": [[:]]]
        #expect(try await eve.send(.post, "\(Town.rbac)/clusterroles", all).status == 403)
        #expect(try await eve.send(.get, "\(Town.prod)/secrets").status == 403)
    }

    /// Tries all ways to write what is too much.
    private static func refuse(
        _ caller: Caller, _ collection: String, _ known: String, _ new: String, _ changed: JSON, _ created: JSON,
        _ patch: JSON
    ) async throws {
        let field = patch["rules"] == nil ? "subjects" : "rules"
        let operations: JSON = [["op": "replace", "path": .string("/\(field)"), "value": patch[field] ?? .null]]
        let requests: [Request] = [
            (.post, "", created, json), (.put, "/\(known)", changed, json), (.patch, "/\(known)", patch, merge),
            (.patch, "/\(known)", patch, "application/strategic-merge-patch+json"),
            (.patch, "/\(known)", operations, jsonPatch),
            (.patch, "/\(known)?fieldManager=x&force=true", changed, apply),
            (.patch, "/\(new)?fieldManager=x&force=true", created, apply),
        ]
        for request in requests {
            let answer = try await caller.send(
                request.method, collection + request.path, request.body, as: request.type)
            let place: Comment = "\(request.method) \(collection)\(request.path) as \(request.type): \(answer.text)"
            #expect(answer.status == 403, place)
            #expect(answer.text.contains("is attempting to grant RBAC permissions not currently held"), place)
        }
    }

    @Test("CVE-2021-36775: with its role a grant goes at once, and comes back only with it")
    func removedRole() async throws {
        let town = try await Town()
        let eve = try await town.account("eve", may: Town.rule(["get"], ["configmaps"]))
        let path = "\(Town.prod)/configmaps/none"
        try await eventually("the right") { try await eve.send(.get, path).status == 404 }
        let role = "\(Town.rbac)/clusterroles/eve"
        #expect(try await town.admin.send(.delete, role).status == 200)
        try await eventually("its end") { try await eve.send(.get, path).status == 403 }
        let label = "rbac.authorization.k8s.io/aggregate-to-view"
        try await town.furnisher.make(
            "\(Town.rbac)/clusterroles",
            [
                "metadata": ["name": "more", "labels": .object(JSONObject([(label, JSON.string("true"))]))],
                "rules": [Town.rule(["get"], ["secrets"])],
            ])
        let viewer = try await town.account("viewer", with: "view")
        let secret = "\(Town.prod)/secrets/none"
        try await eventually("what is contributed") { try await viewer.send(.get, secret).status == 404 }
        #expect(try await town.admin.send(.delete, "\(Town.rbac)/clusterroles/more").status == 200)
        try await eventually("its end") { try await viewer.send(.get, secret).status == 403 }
    }

    @Test("CVE-2025-29922: the organization comes from who asks, not from the path, the body or a header")
    func foreignOrganization() async throws {
        let town = try await Town()
        try await town.furnisher.organization("globex")
        try await town.furnisher.namespace("prod", in: "globex")
        let eve = try await town.account("eve", with: "cluster-admin")
        let there = "/organizations/globex/api/v1/namespaces/prod/configmaps"
        try await town.furnisher.make(there, ["metadata": ["name": "kept"]])
        let planted: JSON = ["metadata": ["name": "planted"]]
        for path in [
            there, "/organizations/acme/../globex/api/v1/namespaces/prod/configmaps",
            "/organizations//globex/api/v1/configmaps",
            "/organizations/globex%2f/api/v1/namespaces/prod/configmaps", "/api/v1/namespaces/scs-system/configmaps",
            "/organizations/*/api/v1/configmaps",
        ] {
            for (method, body) in [(.post, planted), (.get, nil), (.delete, nil)] as [(HTTPRequest.Method, JSON?)] {
                let answer = try await eve.send(method, path, body)
                #expect(
                    [401, 403, 404, 405].contains(answer.status), "\(method) \(path): \(answer.status) \(answer.text)")
                #expect(!answer.text.contains("kept"), "\(method) \(path)")
            }
        }
        let inside = try await eve.send(
            .post, "\(Town.prod)/configmaps",
            ["metadata": ["name": "x", "annotations": ["scs.community/organization": "globex"]]])
        #expect(inside.status == 201, "it stays at home: \(inside.text)")
        #expect(try await town.admin.send(.get, there).names == ["kept"])
    }

    @Test(
        "GHSA-c7xh-gjv4-4jgv: an organization's administrator becomes nobody who is more than that",
        arguments: [
            ("x", "system:masters"), ("x", "system:scs:controllers"), ("system:scs:controller:seeds", ""),
            ("system:scs:controller:seeds", "system:authenticated"), ("system:admin", "system:masters"),
        ])
    func impersonation(user: String, group: String) async throws {
        let town = try await Town()
        let eve = try await town.account("eve", with: "cluster-admin")
        var fields: HTTPFields = [try #require(.init("Impersonate-User")): user]
        if !group.isEmpty { fields[try #require(.init("Impersonate-Group"))] = group }
        for path in [
            "\(Town.prod)/secrets", "/api/v1/namespaces/scs-system/secrets", "/organizations/*/api/v1/secrets", "/apis",
        ] {
            let answer = try await eve.send(.get, path, headers: fields)
            #expect([401, 403].contains(answer.status), "\(path): \(answer.status) \(answer.text)")
        }
        // Whoever they may be at home, they are at home.
        let plain: HTTPFields = [try #require(.init("Impersonate-User")): "admin"]
        #expect(try await eve.send(.get, "/api/v1/namespaces/scs-system/secrets", headers: plain).status != 200)
    }
}
