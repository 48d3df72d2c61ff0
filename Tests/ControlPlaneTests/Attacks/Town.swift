// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

/// A server with the organization `acme` and its namespace `prod`, and people in it who have what a test gives them.
struct Town {
    let server: RunningServer
    let admin: Caller

    static let root = "/organizations/acme"
    static let prod = "\(root)/api/v1/namespaces/prod"
    static let rbac = "\(root)/apis/rbac.authorization.k8s.io/v1"

    init(_ arguments: [String] = []) async throws {
        server = RunningServer()
        try await server.start(arguments)
        admin = try server.admin()
        try await furnisher.organization("acme")
        try await furnisher.namespace("prod", in: "acme")
    }

    var furnisher: Furnisher { Furnisher(admin: admin) }

    /// A service account of `prod` with these rules in the whole organization.
    func account(_ name: String, may rules: JSON...) async throws -> Caller {
        try await furnisher.make(
            "\(Self.rbac)/clusterroles", ["metadata": ["name": .string(name)], "rules": .array(rules)])
        return try await account(name, with: name)
    }

    /// A service account of `prod` with a ClusterRole that is there.
    func account(_ name: String, with role: String) async throws -> Caller {
        let accounts = "\(Self.prod)/serviceaccounts"
        try await furnisher.make(accounts, ["metadata": ["name": .string(name)]])
        try await furnisher.make(
            "\(Self.rbac)/clusterrolebindings", Self.binding(name, to: role, "ServiceAccount", name))
        let answer = try await admin.send(
            .post, "\(accounts)/\(name)/token",
            ["apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": [:]])
        return try admin.with(token: try #require(answer.tree["status"]?["token"]?.string, "\(answer.text)"))
    }

    /// A binding of a ClusterRole to one subject.
    static func binding(_ name: String, to role: String, _ kind: String, _ subject: String) -> JSON {
        var who: JSON = ["kind": .string(kind), "name": .string(subject)]
        if kind == "ServiceAccount" {
            who["namespace"] = "prod"
        } else {
            who["apiGroup"] = "rbac.authorization.k8s.io"
        }
        return [
            "metadata": ["name": .string(name)],
            "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": .string(role)],
            "subjects": [who],
        ]
    }

    /// One line of a role.
    static func rule(_ verbs: [String], _ resources: [String], group: String = "", names: [String] = []) -> JSON {
        var rule: JSON = [
            "verbs": .array(verbs.map(JSON.string)), "apiGroups": [.string(group)],
            "resources": .array(resources.map(JSON.string)),
        ]
        if !names.isEmpty { rule["resourceNames"] = .array(names.map(JSON.string)) }
        return rule
    }
}
