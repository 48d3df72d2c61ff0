// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import Reconciling
import ReconcilingTesting
import Resources
import SiteKinds

/// An object of the namespace `demo` in the organization `acme`; a site lives at the root.
func object(_ type: ResourceType, _ name: String, _ spec: JSON) -> Object {
    let key = ObjectKey(
        organization: type == .site ? "" : "acme", namespace: type.isNamespaced ? "demo" : "", name: name)
    return Object(type.kind, key: key, spec: spec)
}

/// The same with a Ready condition and more status.
func ready(_ type: ResourceType, _ name: String, _ spec: JSON = [:], status: JSON = [:]) -> Object {
    var object = object(type, name, spec)
    var status = status
    status["conditions"] = [
        ["type": "Ready", "status": "True", "reason": "Settled", "lastTransitionTime": "2027-01-01T00:00:00Z"]
    ]
    object.status = status
    return object
}

let web = ObjectKey(organization: "acme", namespace: "demo", name: "web")

extension Bench {
    /// A site with one external network, and the project at it.
    func putPlace(externalNetworks: JSON = [["name": "public", "id": "external-1"]]) async throws {
        try await put(ready(.site, "stuttgart", status: ["externalNetworks": externalNetworks]), .site)
        let sites: JSON = [["name": "stuttgart", "id": "p-1", "ready": true]]
        try await put(ready(.project, "demo", status: ["sites": sites]), .project)
    }

    func edit(_ spec: JSON) async throws {
        _ = try await server.patch(reconciler.type, web, .merge(["spec": spec]), WriteOptions())
    }
}
