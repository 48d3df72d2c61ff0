// SPDX-License-Identifier: Apache-2.0

package import Resources

/// What a path asks for, before anybody looks whether it is there.
package enum RequestPath: Hashable, Sendable {
    /// A document that tells clients what is served.
    package enum Discovery: Hashable, Sendable {
        /// `/api`
        case core
        /// `/apis`
        case groups
        /// `/apis/GROUP`
        case group(String)
        /// `/api/v1`, `/apis/GROUP/VERSION`
        case resources(GroupVersion)
    }

    /// `/healthz`, `/livez`, `/readyz`; with one check's name behind it, that one only.
    package enum Health: String, Hashable, Sendable {
        case healthz, livez, readyz
    }

    /// What is told of the issuer of service-account tokens.
    package enum TokenIssuer: Hashable, Sendable { case configuration, keys }

    case resource(ResourceRequest)
    case discovery(Scope.Organizations, Discovery)
    /// `/openapi/v3`, with a group version its document.
    case openAPI(Scope.Organizations, GroupVersion?)
    /// `/openapi/v2`
    case openAPI2(Scope.Organizations)
    case version(Scope.Organizations)
    /// `/.well-known/openid-configuration`, `/openid/v1/jwks`: for whoever checks service-account tokens.
    case tokenIssuer(Scope.Organizations, TokenIssuer)
    case health(Health, check: String?)
    case unknown(Scope.Organizations)
}

/// A path that names a kind's objects, one object, or a door of it.
package struct ResourceRequest: Hashable, Sendable {
    package var organizations: Scope.Organizations
    package var resource: GroupVersionResource
    /// Absent for all namespaces and for cluster-scoped kinds.
    package var namespace: String?
    package var name: String?
    /// `status` or an action's name.
    package var subresource: String?
    /// The old `/watch/` form of a path.
    package var isWatch: Bool

    /// A request for objects; nothing is looked up.
    package init(
        organizations: Scope.Organizations, resource: GroupVersionResource, namespace: String? = nil,
        name: String? = nil, subresource: String? = nil, isWatch: Bool = false
    ) {
        self.organizations = organizations
        self.resource = resource
        self.namespace = namespace
        self.name = name
        self.subresource = subresource
        self.isWatch = isWatch
    }
}

extension ResourceRequest {
    /// Whether the namespace in the path is what is asked for, and not where it is.
    package var isAboutNamespace: Bool {
        resource.group.isEmpty && resource.resource == Self.namespaces && namespace == name
    }

    /// The word before a namespace's name.
    static let namespaces = "namespaces"
}

extension RequestPath {
    /// Reads a path as it was sent; parts are percent-decoded once, after they were split.
    package init(_ path: String) {
        var parts = path.split(separator: "/").map { String($0).percentDecoded() }
        let decoded = parts.compactMap { $0 }
        guard decoded.count == parts.count else {
            self = .unknown(.root)
            return
        }
        parts = []
        var organizations = Scope.Organizations.root
        var rest = decoded[...]
        if rest.first == "organizations", rest.count >= 2 {
            let name = rest[1]
            organizations = name == "*" ? .everywhere : .one(name)
            rest = rest.dropFirst(2)
        }
        self = Self.read(Array(rest), in: organizations)
    }

    private static func read(_ parts: [String], in organizations: Scope.Organizations) -> RequestPath {
        switch parts.first {
        case "api": core(parts, in: organizations)
        case "apis": grouped(parts, in: organizations)
        case "version" where parts.count == 1: .version(organizations)
        case ".well-known" where parts.dropFirst() == ["openid-configuration"]:
            .tokenIssuer(organizations, .configuration)
        case "openid" where parts.dropFirst() == ["v1", "jwks"]: .tokenIssuer(organizations, .keys)
        case "openapi" where parts.dropFirst() == ["v2"]: .openAPI2(organizations)
        case "openapi" where parts.dropFirst().first == "v3": openAPI(Array(parts.dropFirst(2)), in: organizations)
        case let first? where parts.count <= 2:
            Health(rawValue: first).map { .health($0, check: parts.count == 2 ? parts[1] : nil) }
                ?? .unknown(organizations)
        default: .unknown(organizations)
        }
    }

    private static func core(_ parts: [String], in organizations: Scope.Organizations) -> RequestPath {
        guard parts.count > 1 else { return .discovery(organizations, .core) }
        let version = GroupVersion(group: "", version: parts[1])
        return resources(Array(parts.dropFirst(2)), of: version, in: organizations)
    }

    private static func grouped(_ parts: [String], in organizations: Scope.Organizations) -> RequestPath {
        switch parts.count {
        case 1: return .discovery(organizations, .groups)
        case 2: return .discovery(organizations, .group(parts[1]))
        default:
            let version = GroupVersion(group: parts[1], version: parts[2])
            return resources(Array(parts.dropFirst(3)), of: version, in: organizations)
        }
    }

    private static func openAPI(_ parts: [String], in organizations: Scope.Organizations) -> RequestPath {
        switch (parts.first, parts.count) {
        case (nil, _): .openAPI(organizations, nil)
        case ("api", 2): .openAPI(organizations, GroupVersion(group: "", version: parts[1]))
        case ("apis", 3): .openAPI(organizations, GroupVersion(group: parts[1], version: parts[2]))
        default: .unknown(organizations)
        }
    }

    /// What stands behind the version: `[watch/][namespaces/NAMESPACE/]RESOURCE[/NAME[/SUBRESOURCE]]`.
    ///
    /// https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris
    private static func resources(
        _ parts: [String], of version: GroupVersion, in organizations: Scope.Organizations
    ) -> RequestPath {
        guard !parts.isEmpty else { return .discovery(organizations, .resources(version)) }
        var rest = parts[...]
        let isWatch = rest.first == "watch" && rest.count > 1
        if isWatch { rest = rest.dropFirst() }
        var namespace: String?
        if rest.first == ResourceRequest.namespaces, let name = rest.dropFirst().first {
            namespace = name
            let isItsOwnDoor = rest.count == 3 && ["status", "finalize"].contains(rest[rest.startIndex + 2])
            if rest.count > 2, !isItsOwnDoor { rest = rest.dropFirst(2) }
        }
        guard let resource = rest.first, rest.count <= 3 else { return .unknown(organizations) }
        let words = Array(rest.dropFirst())
        return .resource(
            ResourceRequest(
                organizations: organizations,
                resource: GroupVersionResource(group: version.group, version: version.version, resource: resource),
                namespace: namespace, name: words.first, subresource: words.count > 1 ? words[1] : nil,
                isWatch: isWatch))
    }
}
