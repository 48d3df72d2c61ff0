// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

private let maps = "/api/v1/namespaces/shop/configmaps"
private let applyType = "application/apply-patch+yaml"

/// What the programs send that bring manifests to a server, read from their sources.
@Suite("Programs that deploy", .timeLimit(.minutes(2)))
struct DeployerTests {
    /// `pkg/cache/cluster.go` and `pkg/utils/kube/ctl.go` of https://github.com/argoproj/gitops-engine.
    @Test("Argo CD fills its cache: each kind that lists and watches, in pages, then a watch from that version")
    func argoCache() async throws {
        try await Session.with("argocd-application-controller/v3") { session in
            let groups = try await session.send(.get, "/apis")
            var kinds = ["/api/v1"]
            for group in groups.tree["groups"]?.array ?? [] {
                kinds.append("/apis/" + (group["preferredVersion"]?["groupVersion"]?.string ?? ""))
            }
            var watched = 0
            for path in kinds {
                let resources = try await session.send(.get, path)
                #expect(resources.tree["kind"] == "APIResourceList", "\(path)")
                for resource in resources.tree["resources"]?.array ?? [] {
                    let verbs = resource["verbs"]?.array?.compactMap(\.string) ?? []
                    guard verbs.contains("list"), verbs.contains("watch"), let name = resource["name"]?.string else {
                        continue
                    }
                    let list = try await session.send(.get, "\(path)/\(name)?limit=500")
                    let version = list.metadata["resourceVersion"]?.string ?? ""
                    #expect(list.status == 200 && version != "" && version != "0", "\(path)/\(name)")
                    let query = "?allowWatchBookmarks=true&resourceVersion=\(version)&timeoutSeconds=1&watch=true"
                    let events = try await session.watch("\(path)/\(name)\(query)") { _ in false }
                    #expect(!events.contains { $0["type"] == "ERROR" }, "\(path)/\(name): \(events)")
                    watched += 1
                    if watched >= 12 { return }
                }
            }
        }
    }

    @Test("Argo CD asks what it may see, and reads OpenAPI v2 as a message")
    func argoAccess() async throws {
        try await Session.with("argocd-application-controller/v3") { session in
            let review: JSON = [
                "kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1",
                "spec": ["resourceAttributes": ["namespace": "*", "verb": "list", "resource": "configmaps"]],
            ]
            let path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
            #expect(try await session.send(.post, path, review).tree["status"]?["allowed"] == true)
            let message = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"
            let document = try await session.send(.get, "/openapi/v2", accept: message)
            #expect(document.status == 200 && document.header("content-type")?.contains("protobuf") == true)
            // The first field of a Document: its version, "2.0".
            #expect(document.body.prefix(5).elementsEqual([0x0a, 0x03, 0x32, 0x2e, 0x30]))
        }
    }

    @Test("Argo CD compares with a dry run and deletes in the foreground")
    func argoSync() async throws {
        try await Session.with("argocd-controller") { session in
            let tracked = JSON.configMap("a", labels: ["app.kubernetes.io/instance": "guestbook"])
            let query = "?fieldManager=argocd-controller&force=true"
            #expect(try await session.send(.patch, "\(maps)/a\(query)", tracked, type: applyType).status == 201)
            var changed = tracked
            changed["data"] = ["a": "2"]
            let dry = try await session.send(.patch, "\(maps)/a\(query)&dryRun=All", changed, type: applyType)
            #expect(dry.status == 200 && dry.tree["data"]?["a"] == "2")
            #expect(try await session.send(.get, "\(maps)/a").tree["data"]?["a"] == "1")
            let options: JSON = ["kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": "Foreground"]
            #expect(try await session.send(.delete, "\(maps)/a", options).status == 200)
            // Nothing depends on it, so it is gone once the collector looked.
            let events = try await session.watch("\(maps)?watch=true&fieldSelector=metadata.name=a&timeoutSeconds=5") {
                $0.last?["type"] == "DELETED"
            }
            #expect(events.isEmpty || events.last?["type"] == "DELETED")
        }
    }

    /// `ssa/manager_apply.go` of https://github.com/fluxcd/pkg.
    @Test("Flux applies dry, then for real, takes fields from kubectl, and knows what cannot change by its words")
    func flux() async throws {
        try await Session.with("kustomize-controller/v1") { session in
            let path = "\(maps)/a"
            var wanted = JSON.configMap("a")
            #expect(try await session.send(.get, path).status == 404)
            let query = "?fieldManager=kustomize-controller&force=true"
            #expect(try await session.send(.patch, "\(path)\(query)&dryRun=All", wanted, type: applyType).status == 201)
            #expect(try await session.send(.get, path).status == 404)
            let made = try await session.send(.patch, "\(path)\(query)", wanted, type: applyType)
            #expect(made.status == 201)
            let rewritten: JSON = [
                ["op": "replace", "path": "/metadata/managedFields", "value": [[:]]],
                [
                    "op": "replace", "path": "/metadata/resourceVersion",
                    "value": made.metadata["resourceVersion"] ?? .null,
                ],
            ]
            let cleared = try await session.send(
                .patch, "\(path)?fieldManager=kustomize-controller", rewritten, type: "application/json-patch+json")
            #expect(cleared.status == 200 && cleared.metadata["managedFields"] == nil)

            wanted["immutable"] = true
            #expect(try await session.send(.patch, "\(path)\(query)", wanted, type: applyType).status == 200)
            wanted["data"] = ["a": "2"]
            let refused = try await session.send(.patch, "\(path)\(query)&dryRun=All", wanted, type: applyType)
            #expect(refused.status == 422)
            #expect(refused.tree["message"]?.string?.contains("immutable") == true, "\(refused.tree)")
            let options: JSON = ["kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": "Background"]
            #expect(try await session.send(.delete, path, options).status == 200)
        }
    }

    /// `manifest/provider` of https://github.com/hashicorp/terraform-provider-kubernetes.
    @Test("Terraform finds types in OpenAPI v2 and in definitions, plans with a dry run, and reads back what it made")
    func terraform() async throws {
        try await Session.with("Terraform/1.11 terraform-provider-kubernetes/2") { session in
            let document = try await session.send(.get, "/openapi/v2")
            let names = document.tree["definitions"]?.object?.keys ?? []
            #expect(names.contains { $0.hasSuffix("meta.v1.ObjectMeta") })
            let definitions = try await session.send(
                .get, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?limit=500")
            let network = definitions.tree["items"]?.array?.first { $0["spec"]?["names"]?["kind"] == "Network" }
            #expect(network?["spec"]?["versions"]?.array?.first?["schema"]?["openAPIV3Schema"]?["properties"] != nil)
            let query = "?fieldManager=Terraform&fieldValidation=Strict"
            let plan = try await session.send(
                .patch, "\(maps)/a\(query)&dryRun=All", .configMap("a"), type: applyType)
            #expect(plan.status == 201)
            let made = try await session.send(.patch, "\(maps)/a\(query)", .configMap("a"), type: applyType)
            #expect(made.status == 201 && made.tree["data"] == plan.tree["data"])
            #expect(try await session.send(.get, "\(maps)/a").metadata["uid"] == made.metadata["uid"])
            #expect(try await session.send(.delete, "\(maps)/a").status == 200)
            #expect(try await session.send(.get, "\(maps)/a").status == 404)
        }
    }

    /// `pkg/storage/driver/secrets.go` and `pkg/kube/client.go` of https://github.com/helm/helm.
    @Test("Helm keeps releases as labelled Secrets, and changes manifests with three-way patches")
    func helm() async throws {
        try await Session.with("Helm/3.17") { session in
            let secrets = "/api/v1/namespaces/shop/secrets"
            func release(_ version: Int, _ status: String) -> JSON {
                [
                    "apiVersion": "v1", "kind": "Secret", "type": "helm.sh/release.v1",
                    "metadata": [
                        "name": .string("sh.helm.release.v1.web.v\(version)"),
                        "labels": [
                            "name": "web", "owner": "helm", "status": .string(status), "version": .string("\(version)"),
                        ],
                    ],
                    "data": ["release": "SDRzSUFBQQ=="],
                ]
            }
            #expect(try await session.send(.get, "/version").tree["gitVersion"]?.string?.hasPrefix("v1.") == true)
            #expect(try await session.send(.post, secrets, release(1, "pending-install")).status == 201)
            #expect(try await session.send(.post, secrets, release(1, "pending-install")).status == 409)
            let put = try await session.send(.put, "\(secrets)/sh.helm.release.v1.web.v1", release(1, "deployed"))
            #expect(put.status == 200)
            let list = try await session.send(
                .get, "\(secrets)?labelSelector=name%3Dweb%2Cowner%3Dhelm%2Cstatus%3Ddeployed")
            #expect(list.tree["items"]?.array?.count == 1)
            #expect(list.tree["items"]?.array?.first?["type"] == "helm.sh/release.v1")

            let query = "?fieldManager=helm&fieldValidation=Strict"
            #expect(
                try await session.send(.post, "\(maps)\(query)", .configMap("a", ["a": "1", "b": "2"])).status == 201)
            let patched = try await session.send(
                .patch, "\(maps)/a?fieldManager=helm", ["data": ["a": "3", "b": .null]],
                type: "application/strategic-merge-patch+json")
            #expect(patched.tree["data"] == ["a": "3"])
            let unknown = JSON.configMap("b").merging("colour", "red")
            let refused = try await session.send(.post, "\(maps)\(query)", unknown)
            #expect(refused.status == 400 && refused.tree["message"]?.string?.contains("colour") == true)
        }
    }
}

extension JSON {
    /// With one more member.
    fileprivate func merging(_ key: String, _ value: JSON) -> JSON {
        var copy = self
        copy[key] = value
        return copy
    }
}
