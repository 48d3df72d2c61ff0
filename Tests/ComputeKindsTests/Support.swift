// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import Reconciling
import ReconcilingTesting
import Resources
import SiteKinds

/// Where the object of a test lives.
let web = ObjectKey(organization: "acme", namespace: "demo", name: "web")

/// An object of the namespace `demo`.
func object(_ type: ResourceType, _ name: String, _ spec: JSON? = nil) -> Object {
    Object(type.kind, key: ObjectKey(organization: "acme", namespace: "demo", name: name), spec: spec)
}

/// An object that says it is ready; sites live at the root, cluster-scoped ones have no namespace.
func ready(_ type: ResourceType, _ name: String, status: JSON = [:]) -> Object {
    let key = ObjectKey(
        organization: type == .site ? "" : "acme", namespace: type.isNamespaced ? "demo" : "", name: name)
    var object = Object(type.kind, key: key, spec: [:])
    var status = status
    status["conditions"] = [
        ["type": "Ready", "status": "True", "reason": "Settled", "lastTransitionTime": "2026-01-01T00:00:00Z"]
    ]
    object.status = status
    return object
}

extension Bench {
    /// A site with what it offers, and a project that is there.
    func putPlace() async throws {
        let offers: JSON = [
            "flavors": [
                ["name": "SCS-2V-4", "id": "f-0", "vcpus": 2, "ramMiB": 4096, "diskGiB": 0],
                ["name": "SCS-2V-4-20", "id": "f-20", "vcpus": 2, "ramMiB": 4096, "diskGiB": 20],
            ],
            "images": [["name": "Ubuntu", "id": "i-1", "status": "active", "minDiskGiB": 8, "minRAMMiB": 512]],
            "externalNetworks": [["name": "public", "id": "external-1"]],
        ]
        try await put(ready(.site, "stuttgart", status: offers), .site)
        let sites: JSON = [["name": "stuttgart", "id": "p-1", "ready": true]]
        try await put(ready(.project, "demo", status: ["sites": sites]), .project)
    }

    /// What the reconciler of another kind would say of its object.
    func makeReady(_ type: ResourceType, _ name: String, _ status: JSON) async throws {
        let key = ObjectKey(organization: "acme", namespace: "demo", name: name)
        let status = ready(type, name, status: status).status ?? [:]
        _ = try await server.patch(type, key, .merge(["status": status]), .status)
    }

    func edit(_ spec: JSON) async throws {
        _ = try await server.patch(reconciler.type, web, .merge(["spec": spec]), WriteOptions())
    }
}
