// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import TestTime
import Testing

/// What upstream checks in namespace.go, table_conversion.go and watchlist.go of its folder test/e2e/apimachinery, and
/// what each of its tests waits for in a namespace.
@Suite("Upstream's conformance: namespaces and answers", .timeLimit(.minutes(2)))
struct NamespaceConformanceTests {
    private static let table = "application/json;as=Table;v=v1;g=meta.k8s.io"

    @Test("a namespace gets its default service account and the root certificate, again when they are deleted")
    func furnished() async throws {
        let server = RunningServer()
        try await server.start()
        let admin = try server.admin()
        let made = try await admin.send(.post, "/api/v1/namespaces", ["metadata": ["generateName": "e2e-"]])
        let name = made.tree["metadata"]?["name"]?.string ?? ""
        #expect(made.tree["metadata"]?["labels"]?["kubernetes.io/metadata.name"]?.string == name)
        for path in ["serviceaccounts/default", "configmaps/kube-root-ca.crt"] {
            let path = "/api/v1/namespaces/\(name)/\(path)"
            try await eventually(path) { try await admin.send(.get, path).status == 200 }
            let uid = try await admin.send(.get, path).tree["metadata"]?["uid"]
            #expect(try await admin.send(.delete, path).status == 200)
            try await eventually("\(path) again") {
                let answer = try await admin.send(.get, path)
                return answer.status == 200 && answer.tree["metadata"]?["uid"] != uid
            }
        }
        let map = "/api/v1/namespaces/\(name)/configmaps/kube-root-ca.crt"
        let authority = try await admin.send(.get, map).tree["data"]?["ca.crt"]
        #expect(authority?.string?.hasPrefix("-----BEGIN CERTIFICATE-----") == true)
        #expect(try await admin.patch(map, ["data": ["ca.crt": "forged"]]).status == 200)
        try await eventually("the right certificate") {
            try await admin.send(.get, map).tree["data"]?["ca.crt"] == authority
        }
    }

    @Test("the status of a namespace takes conditions of others, and its finalizers have a door of their own")
    func status() async throws {
        let server = RunningServer()
        try await server.start()
        let admin = try server.admin()
        let path = "/api/v1/namespaces/e2e"
        #expect(try await admin.send(.post, "/api/v1/namespaces", ["metadata": ["name": "e2e"]]).status == 201)
        let condition: JSON = ["type": "StatusPatch", "status": "True", "reason": "E2E", "message": "by a test"]
        let patched = try await admin.patch("\(path)/status", ["status": ["conditions": [condition]]])
        #expect(patched.status == 200, "\(patched.text)")
        #expect(patched.tree["status"]?["conditions"]?[0]?["type"] == "StatusPatch")

        var tree = try await admin.send(.get, path).tree
        let finalizers = tree["spec"]?["finalizers"]?.array ?? []
        tree["spec"] = ["finalizers": .array(finalizers + ["e2e.example.com/fakeFinalizer"])]
        let held = try await admin.send(.put, "\(path)/finalize", tree)
        #expect(held.status == 200, "\(held.text)")
        #expect(held.tree["spec"]?["finalizers"]?.array?.contains("e2e.example.com/fakeFinalizer") == true)
        tree = held.tree
        tree["spec"] = ["finalizers": .array(finalizers)]
        let free = try await admin.send(.put, "\(path)/finalize", tree)
        #expect(free.tree["spec"]?["finalizers"]?.array == finalizers, "\(free.text)")
    }

    @Test("what has no metadata has no columns, and a streamed list of a built-in kind comes as objects")
    func forms() async throws {
        let server = RunningServer()
        try await server.start()
        let admin = try server.admin()
        let review: JSON = ["spec": ["nonResourceAttributes": ["path": "/", "verb": "get"]]]
        let reviews = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
        #expect(try await admin.send(.post, reviews, review, accept: Self.table).status == 406)
        let stream =
            "/api/v1/namespaces/default/secrets?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
            + "&allowWatchBookmarks=true&timeoutSeconds=1"
        #expect(try await admin.send(.get, stream, accept: Self.table).status == 406)
        #expect(try await admin.send(.get, stream, accept: "\(Self.table),application/json").status == 200)
    }
}
