// SPDX-License-Identifier: Apache-2.0

import RESTClient

/// The keys that are taken; every other one is an error that names it.
enum CloudsFileKeys {
    static let cloud: Set<String> = Set(
        [
            "auth", "auth_type", "region_name", "interface", "endpoint_type", "verify", "cacert",
        ]
            + versions + endpoints.map(\.key))

    static let auth: Set<String> = [
        "auth_url", "username", "user_id", "password", "user_domain_name", "user_domain_id",
        "project_name", "project_id", "project_domain_name", "project_domain_id", "domain_name", "domain_id",
        "application_credential_id", "application_credential_name", "application_credential_secret",
    ]

    /// Which major versions other tools use; ours are fixed, so only Keystone's is looked at.
    static let versions = [
        "identity_api_version", "compute_api_version", "network_api_version", "image_api_version",
        "volume_api_version", "block_storage_api_version", "placement_api_version",
    ]

    static let endpoints: [(key: String, service: ServiceType)] = [
        ("identity_endpoint_override", .identity), ("compute_endpoint_override", .compute),
        ("network_endpoint_override", .network), ("image_endpoint_override", .image),
        ("volume_endpoint_override", .volume), ("block_storage_endpoint_override", .volume),
    ]
}

extension Cloud {
    init(_ cloud: CloudsFileMapping) throws(CloudsFileError) {
        let auth = try cloud.mapping("auth", allowed: CloudsFileKeys.auth)
        authURL = try Self.keystoneRoot(auth)
        credential = try Self.credential(auth, type: try cloud.text("auth_type"), typeKey: cloud.key("auth_type"))
        scope = credential.takesScope ? try Self.scope(auth) : .unspecified
        region = try cloud.text("region_name")
        interface = try Self.interface(cloud)
        trust = try Self.trust(cloud)
        endpoints = [:]
        for (key, service) in CloudsFileKeys.endpoints {
            guard let url = try cloud.text(key) else { continue }
            endpoints[service] = try Self.checked(url, key: cloud.key(key))
        }
        if let version = try cloud.text("identity_api_version"), version != "3", !version.hasPrefix("3.") {
            throw CloudsFileError(cloud.key("identity_api_version"), "must be 3")
        }
    }

    private static func keystoneRoot(_ auth: CloudsFileMapping) throws(CloudsFileError) -> String {
        let url = try checked(try auth.required("auth_url"), key: auth.key("auth_url"))
        return url.hasSuffix("/v3") ? url : "\(url)/v3"
    }

    /// An address that carries nothing but scheme, host, port and path, without slashes at its end.
    private static func checked(_ url: String, key: String) throws(CloudsFileError) -> String {
        guard url.hasPrefix("http://") || url.hasPrefix("https://"),
            url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !url.contains(where: { "?#@".contains($0) })
        else { throw CloudsFileError(key, "must be an http or https address without user, query and fragment") }
        return String(url.reversed().drop { $0 == "/" }.reversed())
    }

    private static func credential(
        _ auth: CloudsFileMapping, type: String?, typeKey: String
    ) throws(CloudsFileError) -> Credential {
        let hasApplicationCredential = auth.keys.contains { $0.hasPrefix("application_credential") }
        switch type {
        case nil, "": return hasApplicationCredential ? try application(auth) : try password(auth)
        case "password", "v3password": return try password(auth)
        case "v3applicationcredential": return try application(auth)
        default: throw CloudsFileError(typeKey, "must be password, v3password or v3applicationcredential")
        }
    }

    private static func password(_ auth: CloudsFileMapping) throws(CloudsFileError) -> Credential {
        .password(try user(auth), Secret(try auth.required("password")))
    }

    private static func application(_ auth: CloudsFileMapping) throws(CloudsFileError) -> Credential {
        let secret = Secret(try auth.required("application_credential_secret"))
        if let id = try auth.text("application_credential_id") { return .applicationCredential(id: id, secret) }
        return .namedApplicationCredential(
            name: try auth.required("application_credential_name"), try user(auth), secret)
    }

    private static func user(_ auth: CloudsFileMapping) throws(CloudsFileError) -> UserName {
        if let id = try auth.text("user_id") { return .id(id) }
        return .name(try auth.required("username"), try domain(auth, "user_domain") ?? .id("default"))
    }

    private static func scope(_ auth: CloudsFileMapping) throws(CloudsFileError) -> AuthScope {
        if let id = try auth.text("project_id") { return .project(id: id) }
        if let name = try auth.text("project_name") {
            return .projectNamed(name, try domain(auth, "project_domain") ?? .id("default"))
        }
        if let domain = try domain(auth, "domain") { return .domain(domain) }
        throw CloudsFileError(auth.key("project_id"), "is required, or project_name, domain_id or domain_name")
    }

    private static func domain(_ auth: CloudsFileMapping, _ prefix: String) throws(CloudsFileError) -> DomainName? {
        if let id = try auth.text("\(prefix)_id") { return .id(id) }
        return try auth.text("\(prefix)_name").map { .name($0) }
    }

    private static func interface(_ cloud: CloudsFileMapping) throws(CloudsFileError) -> EndpointInterface {
        for key in ["interface", "endpoint_type"] {
            guard let text = try cloud.text(key) else { continue }
            // Older files say publicURL.
            let word = text.hasSuffix("URL") ? String(text.dropLast(3)) : text
            guard let interface = EndpointInterface(rawValue: word) else {
                throw CloudsFileError(cloud.key(key), "must be public, internal or admin")
            }
            return interface
        }
        return .public
    }

    private static func trust(_ cloud: CloudsFileMapping) throws(CloudsFileError) -> Trust {
        switch try cloud.text("verify")?.lowercased() {
        case nil, "true", "yes": break
        case "false", "no": return Trust(.anything)
        default: throw CloudsFileError(cloud.key("verify"), "must be true or false")
        }
        guard let pem = try cloud.text("cacert") else { return Trust() }
        guard pem.contains("-----BEGIN CERTIFICATE-----") else {
            throw CloudsFileError(cloud.key("cacert"), "must be the certificates themselves in PEM, not a file's path")
        }
        return Trust(.systemAnd(pem: pem))
    }
}
