// SPDX-License-Identifier: Apache-2.0

import JSONTree
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
