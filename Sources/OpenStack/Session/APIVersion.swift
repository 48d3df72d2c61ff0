// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// One version of a service's API, as the service itself lists it.
package struct APIVersion: Hashable, Sendable {
    /// Its name in addresses: `v2.1`.
    package let id: String
    /// How much the service holds on to it: `CURRENT`, `SUPPORTED`, `stable`.
    package let status: String
    /// The microversions that it takes; absent where there are none.
    package let minimum: Microversion?
    package let maximum: Microversion?

    init?(_ tree: JSON) {
        guard let id = tree["id"]?.string else { return nil }
        self.id = id
        status = tree["status"]?.string ?? ""
        minimum = tree["min_version"]?.string.flatMap { Microversion($0) }
        // Placement and the guidelines say max_version, Nova and Cinder say version.
        maximum = (tree["max_version"]?.string ?? tree["version"]?.string).flatMap { Microversion($0) }
    }

    /// Reads a list in any of its shapes: `{"version": {}}`, `{"versions": []}`, `{"versions": {"values": []}}`.
    static func list(_ tree: JSON) -> [APIVersion] {
        if let version = tree["version"] { return [APIVersion(version)].compactMap { $0 } }
        let versions = tree["versions"]?.array ?? tree["versions"]?["values"]?.array ?? []
        return versions.compactMap { APIVersion($0) }
    }
}
