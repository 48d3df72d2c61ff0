// SPDX-License-Identifier: Apache-2.0

/// The services that Keystone says there are, as it sends them with a token.
package struct Catalog: Codable, Hashable, Sendable {
    package struct Service: Codable, Hashable, Sendable {
        package var type: String
        package var name: String?
        package var endpoints: [Endpoint]

        package init(type: String, name: String? = nil, endpoints: [Endpoint]) {
            self.type = type
            self.name = name
            self.endpoints = endpoints
        }
    }

    package struct Endpoint: Codable, Hashable, Sendable {
        package var interface: String
        package var region: String?
        package var regionID: String?
        package var url: String

        package init(interface: String, regionID: String?, url: String) {
            self.interface = interface
            self.regionID = regionID
            self.url = url
        }

        enum CodingKeys: String, CodingKey {
            case interface, region, url
            case regionID = "region_id"
        }
    }

    package var services: [Service]

    package init(services: [Service]) { self.services = services }

    /// The regions that are named, in the catalog's order.
    package var regions: [String] {
        var seen: Set<String> = []
        return services.flatMap(\.endpoints).compactMap { $0.regionID ?? $0.region }.filter { seen.insert($0).inserted }
    }

    /// The address of a service; absent when there is none for that interface and region.
    package func url(of service: ServiceType, interface: EndpointInterface, region: String?) -> String? {
        for type in service.catalogTypes {
            let endpoints = services.filter { $0.type == type }.flatMap(\.endpoints)
            let match = endpoints.first {
                $0.interface == interface.rawValue
                    && (region == nil || $0.regionID == region || $0.region == region)
            }
            if let match { return match.url }
        }
        return nil
    }
}

/// A service's address, taken apart at its version.
package struct ServiceAddress: Hashable, Sendable {
    /// Where the list of versions is.
    package let root: String
    /// Where this version describes itself.
    package let versioned: String
    /// What calls are made under: the versioned address, with a project where the catalog has one.
    package let base: String

    /// Adds the service's version where the address has none.
    package init(_ url: String, of service: ServiceType) {
        let url = String(url.reversed().drop { $0 == "/" }.reversed())
        var segments = url.split(separator: "/", omittingEmptySubsequences: false)
        let index = segments.indices.dropFirst(3).last { Self.isVersion(segments[$0]) }
        if index == nil { segments.append(Substring(service.version)) }
        let version = index ?? segments.index(before: segments.endIndex)
        root = segments[..<version].joined(separator: "/") + "/"
        versioned = segments[...version].joined(separator: "/")
        base = segments.joined(separator: "/")
    }

    /// Whether it reads like `v2` or `v2.1`.
    private static func isVersion(_ segment: Substring) -> Bool {
        guard segment.first == "v", segment.count > 1 else { return false }
        return segment.dropFirst().allSatisfy { $0.isNumber || $0 == "." }
    }
}
