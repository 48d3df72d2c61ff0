// SPDX-License-Identifier: Apache-2.0

/// An OpenStack service that we speak to.
package struct ServiceType: Hashable, Sendable {
    /// How people, logs and the `OpenStack-API-Version` header call it.
    package let name: String
    /// The catalog's types for it, the preferred one first.
    ///
    /// https://service-types.openstack.org/service-types.json
    package let catalogTypes: [String]
    /// What is added to an endpoint that names no version.
    package let version: String
    /// The largest microversion that we know to speak, and the smallest that we can work with; absent when it has none.
    package let microversions: ClosedRange<Microversion>?

    package static let identity = ServiceType("identity", ["identity"], version: "v3")
    /// Below 2.69, lists silently leave out servers whose cell is down.
    package static let compute = ServiceType(
        "compute", ["compute"], version: "v2.1", microversions: Microversion(2, 69)...Microversion(2, 93))
    package static let network = ServiceType("network", ["network"], version: "v2.0")
    package static let image = ServiceType("image", ["image"], version: "v2")
    package static let volume = ServiceType(
        "volume", ["block-storage", "volumev3"], version: "v3", microversions: Microversion(3, 59)...Microversion(3, 70)
    )

    private init(
        _ name: String, _ catalogTypes: [String], version: String, microversions: ClosedRange<Microversion>? = nil
    ) {
        self.name = name
        self.catalogTypes = catalogTypes
        self.version = version
        self.microversions = microversions
    }
}

/// A minor version of a service's API: `2.93`.
package struct Microversion: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let major: Int
    package let minor: Int

    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return nil }
        self.init(major, minor)
    }

    package static func < (left: Microversion, right: Microversion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    package var description: String { "\(major).\(minor)" }
}

/// Which of a service's addresses is ours.
package enum EndpointInterface: String, Hashable, Sendable {
    case `public`, `internal`, admin
}
