// SPDX-License-Identifier: Apache-2.0

import Clients
import Kubernetes
import Resources

/// What a command works with: a server, the namespace meant, a place for its lines, time.
struct Session: Sendable {
    let client: RemoteClient
    /// Where namespaced kinds are looked for when nothing else is said.
    let namespace: String
    let terminal: Terminal
    let time: Timekeeper

    func scope(_ type: ResourceType, everywhere: Bool = false) -> Scope {
        Scope(.one(""), namespace: type.isNamespaced && !everywhere ? namespace : nil)
    }

    func key(_ type: ResourceType, _ name: String, namespace: String? = nil) -> ObjectKey {
        let place = namespace.flatMap { $0.isEmpty ? nil : $0 } ?? self.namespace
        return ObjectKey(organization: "", namespace: type.isNamespaced ? place : "", name: name)
    }
}
