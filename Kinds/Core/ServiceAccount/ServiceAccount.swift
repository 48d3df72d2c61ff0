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

    static let schema = Schema.resource(
        "An identity for programs.",
        [
            .init(
                "secrets",
                .array(
                    "Secrets that its programs may use; kept for other tools.",
                    of: .object(
                        "A secret.",
                        [
                            .init("name", .string("Its name.", maxLength: 253)),
                            .init("namespace", .string("Its namespace.", maxLength: 63)),
                            .init("kind", .string("Its kind.", maxLength: 63)),
                            .init("apiVersion", .string("Its version.", maxLength: 317)),
                            .init("uid", .string("Its UID.", maxLength: 128)),
                            .init("fieldPath", .string("A part of it.", maxLength: 1024)),
                            .init("resourceVersion", .string("The version meant.", maxLength: 64)),
                        ]), maxItems: 256)
            ),
            .init(
                "imagePullSecrets",
                .array(
                    "Secrets to fetch images with; kept for other tools.",
                    of: .object("A secret.", [.init("name", .string("Its name.", maxLength: 253))]), maxItems: 256)),
            .init("automountServiceAccountToken", .boolean("Whether pods get a token; kept for other tools.")),
        ])
}
