// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import Login
import Resources
import RESTClient
import Testing

/// Writes the objects that a test begins with, as the provider's administrator.
struct Furnisher {
    let admin: Caller

    func organization(_ name: String) async throws {
        let version = "management.scs.community/v1alpha1"
        try await make(
            "/apis/\(version)/organizations",
            ["apiVersion": .string(version), "kind": "Organization", "metadata": ["name": .string(name)]])
    }

    /// A namespace of an organization, or of the root when that is empty.
    func namespace(_ name: String, in organization: String) async throws {
        try await make("\(Self.root(organization))/api/v1/namespaces", ["metadata": ["name": .string(name)]])
    }

    /// A service account that may do everything in its organization, and its token.
    func mightyAccount(_ name: String, in organization: String, _ namespace: String) async throws -> String {
        let root = Self.root(organization)
        let accounts = "\(root)/api/v1/namespaces/\(namespace)/serviceaccounts"
        try await make(accounts, ["metadata": ["name": .string(name)]])
        try await make(
            "\(root)/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            [
                "metadata": ["name": .string(name)],
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"],
                "subjects": [
                    ["kind": "ServiceAccount", "name": .string(name), "namespace": .string(namespace)],
                    ["apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": .string(name)],
                ],
            ])
        let answer = try await admin.send(
            .post, "\(accounts)/\(name)/token",
            ["apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": [:]])
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.tree["status"]?["token"]?.string)
    }

    /// A certificate for somebody of an organization, signed by the server's own authority.
    func certificate(_ user: String, in organization: String) async throws -> Trust.Identity {
        let answer = try await admin.send(.get, "/api/v1/namespaces/scs-system/secrets/certificate-authority")
        func text(_ key: String) throws -> String {
            let encoded = try #require(answer.tree["data"]?[key]?.string, "\(answer.status)")
            return String(decoding: try #require(Data(base64Encoded: encoded)), as: UTF8.self)
        }
        let authority = try CertificateAuthority(certificatePEM: text("ca.crt"), keyPEM: text("ca.key"))
        let issued = try authority.clientCertificate(
            for: UserInfo(name: user, groups: ["system:masters"], organization: organization),
            now: Int64(Date().timeIntervalSince1970))
        return Trust.Identity(certificates: issued.certificatePEM, privateKey: issued.keyPEM)
    }

    func make(_ path: String, _ body: JSON) async throws {
        let answer = try await admin.send(.post, path, body)
        try #require(answer.status == 201, "POST \(path): \(answer.text)")
    }

    static func root(_ organization: String) -> String { organization.isEmpty ? "" : "/organizations/\(organization)" }
}
