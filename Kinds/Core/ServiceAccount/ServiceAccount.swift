// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Login
import Resources
import Schemas

/// An identity for programs, with tokens instead of a password.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/service-account-v1/
enum ServiceAccount {
    static let type = ResourceType(group: "", version: "v1", kind: "ServiceAccount", plural: "serviceaccounts")

    /// `tokens` issues what the `token` action answers.
    static func kind(tokens: ServiceAccountTokens) -> Kind {
        Kind(
            group: "", names: Kind.Names(kind: "ServiceAccount", plural: "serviceaccounts", shortNames: ["sa"]),
            versions: [
                KindVersion(
                    name: "v1", schema: schema,
                    columns: [Column("Secrets", type: "integer", value: .count(".secrets"))], hasStatus: false)
            ],
            actions: [
                Action(name: "token", kind: TokenRequest.kind) { try await TokenRequest.answer($0, tokens: tokens) }
            ])
    }
}
