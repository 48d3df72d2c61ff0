// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

private let maps = "/api/v1/namespaces/shop/configmaps"
private let applyType = "application/apply-patch+yaml"

/// What client-go sends: https://github.com/kubernetes/client-go (tools/cache, tools/leaderelection, discovery).
@Suite("client-go", .timeLimit(.minutes(2)))
struct ClientGoTests {
    private let agent = "controller/v0.36.2 (linux/amd64) client-go"

    @Test("a reflector with streaming lists gets all objects, then the bookmark that says so, then changes")
    func watchList() async throws {
        try await Session.with(agent) { session in
            for name in ["a", "b"] { #expect(try await session.send(.post, maps, .configMap(name)).status == 201) }
            let query = "?allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&sendInitialEvents=true&watch=true"
            let events = try await session.watch("\(maps)\(query)&timeoutSeconds=20") { $0.last?["type"] == "BOOKMARK" }
            let mine = events.filter { $0["object"]?.name != "kube-root-ca.crt" }
            #expect(mine.compactMap { $0["type"]?.string } == ["ADDED", "ADDED", "BOOKMARK"])
            let annotations = events.last?["object"]?["metadata"]?["annotations"]
            #expect(annotations?["k8s.io/initial-events-end"] == "true")
            let revision = events.last?["object"]?["metadata"]?["resourceVersion"]?.string ?? ""
            #expect((Int(revision) ?? 0) > 0)

            #expect(try await session.send(.delete, "\(maps)/a").status == 200)
            let later = try await session.watch("\(maps)?watch=true&resourceVersion=\(revision)") { !$0.isEmpty }
            #expect(later.first?["type"] == "DELETED" && later.first?["object"]?.name == "a")
        }
    }

    @Test("a reflector without them lists any version, watches from the list's, and is told of nothing twice")
    func listAndWatch() async throws {
        try await Session.with(agent) { session in
            #expect(try await session.send(.post, maps, .configMap("a")).status == 201)
            let list = try await session.send(.get, "/api/v1/configmaps?limit=500&resourceVersion=0")
            let revision = list.metadata["resourceVersion"]?.string ?? ""
            #expect(revision != "" && revision != "0")
            #expect(list.tree["items"]?.array?.contains { $0.name == "a" } == true)
            #expect(try await session.send(.post, maps, .configMap("b")).status == 201)
            let query = "?allowWatchBookmarks=true&resourceVersion=\(revision)&timeoutSeconds=400&watch=true"
            // Any namespace of the server may get its root certificate meanwhile.
            let events = try await session.watch("/api/v1/configmaps\(query)") { $0.contains { $0.isOf("b") } }
            #expect(!events.contains { $0.isOf("a") })
            #expect(events.first { $0.isOf("b") }?["type"] == "ADDED")
        }
    }

    @Test("a version that cannot be is a 410 inside the watch, and the client lists anew")
    func expired() async throws {
        try await Session.with(agent) { session in
            let events = try await session.watch("\(maps)?watch=true&resourceVersion=999999999&timeoutSeconds=5") {
                !$0.isEmpty
            }
            #expect(events.first?["type"] == "ERROR")
            #expect(events.first?["object"]?["code"] == 410 && events.first?["object"]?["reason"] == "Expired")
            let list = try await session.send(.get, "\(maps)?limit=500")
            #expect(list.status == 200)
        }
    }

    @Test("a metadata informer gets metadata and nothing else")
    func metadata() async throws {
        try await Session.with(agent) { session in
            #expect(try await session.send(.post, maps, .configMap("a")).status == 201)
            let one = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
            let many = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
            let list = try await session.send(
                .get, "\(maps)?resourceVersion=0", accept: "application/vnd.kubernetes.protobuf;as=Table,\(many)")
            #expect(list.tree["kind"] == "PartialObjectMetadataList")
            #expect(list.tree["items"]?.array?.contains { $0["data"] != nil } == false)
            let events = try await session.watch("\(maps)?watch=true&fieldSelector=metadata.name=a", accept: one) {
                !$0.isEmpty
            }
            #expect(events.first?["object"]?["kind"] == "PartialObjectMetadata")
        }
    }

    @Test("discovery is asked once: the second time its tag says that nothing changed")
    func discovery() async throws {
        try await Session.with(agent) { session in
            let accept =
                "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json"
            for path in ["/api", "/apis"] {
                let first = try await session.send(.get, path, accept: accept)
                #expect(
                    first.header("content-type")
                        == "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
                let tag = try #require(first.header("etag"))
                let again = try await session.send(.get, path, accept: accept, with: ["if-none-match": tag])
                #expect(again.status == 304 && again.body.isEmpty)
            }
        }
    }

    @Test("two candidates for a Lease: the one who read an old version loses, and takes it when it ran out")
    func leaderElection() async throws {
        try await Session.with(agent) { session in
            let leases = "/apis/coordination.k8s.io/v1/namespaces/shop/leases"
            func lease(_ holder: String, _ transitions: Int64, _ version: JSON = .null) -> JSON {
                let time: JSON = "2026-11-24T12:00:00.000000Z"
                var metadata: JSON = ["name": "lock", "namespace": "shop"]
                if version != .null { metadata["resourceVersion"] = version }
                return [
                    "apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": metadata,
                    "spec": [
                        "holderIdentity": .string(holder), "leaseDurationSeconds": 15, "acquireTime": time,
                        "renewTime": time, "leaseTransitions": .integer(transitions),
                    ],
                ]
            }
            let made = try await session.send(.post, leases, lease("anna", 0))
            #expect(made.status == 201)
            #expect(try await session.send(.post, leases, lease("berta", 0)).status == 409)
            let version = made.metadata["resourceVersion"] ?? .null
            #expect(try await session.send(.put, "\(leases)/lock", lease("anna", 0, version)).status == 200)
            let late = try await session.send(.put, "\(leases)/lock", lease("berta", 1, version))
            // An update that changes nothing keeps its version, so the second one may be the first to change it.
            #expect(late.status == 200)
            let loser = try await session.send(.put, "\(leases)/lock", lease("anna", 0, version))
            #expect(loser.status == 409 && loser.tree["reason"] == "Conflict")
        }
    }

    @Test("an apply with force takes over what another one held, and says so in the managed fields")
    func apply() async throws {
        try await Session.with(agent) { session in
            let path = "\(maps)/a"
            let first = try await session.send(.patch, "\(path)?fieldManager=one", .configMap("a"), type: applyType)
            #expect(first.status == 201)
            let other = JSON.configMap("a", ["a": "2"])
            let refused = try await session.send(.patch, "\(path)?fieldManager=two", other, type: applyType)
            #expect(refused.status == 409)
            #expect(refused.tree["details"]?["causes"]?.array?.first?["reason"] == "FieldManagerConflict")
            let forced = try await session.send(
                .patch, "\(path)?fieldManager=two&force=true", other, type: applyType)
            #expect(forced.status == 200 && forced.tree["data"]?["a"] == "2")
            let managers = forced.metadata["managedFields"]?.array?.compactMap { $0["manager"]?.string }
            #expect(managers?.contains("two") == true)
        }
    }

    @Test("without a field manager, a write is the program's")
    func manager() async throws {
        try await Session.with(agent) { session in
            let made = try await session.send(.post, maps, .configMap("a"))
            #expect(made.metadata["managedFields"]?.array?.first?["manager"] == "controller")
        }
    }
}

extension JSON {
    /// Whether an event of a watch is about the object of this name.
    fileprivate func isOf(_ name: String) -> Bool { self["object"]?.name == name }
}
