// SPDX-License-Identifier: Apache-2.0

import Login
import Schemas

extension Organization {
    /// An issuer of OpenID Connect, member for member as upstream has it in `jwt` of an AuthenticationConfiguration.
    ///
    /// https://kubernetes.io/docs/reference/config-api/apiserver-config.v1/#apiserver-k8s-io-v1-JWTAuthenticator
    static let issuers = Schema.array(
        "Who says who the organization's people are; their tokens are good under its path only.",
        of: .object(
            "An issuer of OpenID Connect.",
            [
                .init("issuer", issuer),
                .init("claimMappings", mappings),
                .init(
                    "claimValidationRules",
                    .array("What a token must say.", of: claimRule, maxItems: 32, listType: .atomic)),
                .init(
                    "userValidationRules",
                    .array("What must be true of the user.", of: userRule, maxItems: 32, listType: .atomic)),
            ], required: ["issuer", "claimMappings"]), maxItems: IssuerSettings.most, listType: .atomic)

    private static let issuer = Schema.object(
        "The issuer, and whom its tokens are for.",
        [
            .init("url", .string("The https URL that its tokens name as iss.", maxLength: 2048)),
            .init(
                "discoveryURL", .string("Where it describes itself, when that is not below url.", maxLength: 2048)),
            .init(
                "certificateAuthority",
                .string(
                    "Certificates that its server is checked by, in PEM; the machine's when absent.", maxLength: 65536)),
            .init(
                "audiences",
                .array(
                    "A token must be made for one of them.", of: .string("A client or API.", maxLength: 1024),
                    maxItems: 32,
                    listType: .atomic)),
            .init("audienceMatchPolicy", .word("Needed with several audiences.", of: ["", "MatchAny"])),
        ], required: ["url", "audiences"])

    private static let mappings = Schema.object(
        "How claims become a user.",
        [
            .init("username", source("The user's name.")), .init("groups", source("The user's groups.")),
            .init(
                "uid",
                .object("The user's UID.", [.init("claim", claim), .init("expression", expression)])),
            .init(
                "extra",
                .array(
                    "What else is kept of the user.",
                    of: .object(
                        "One entry.",
                        [
                            .init("key", .string("A domain, a slash and a path.", maxLength: 510)),
                            .init("valueExpression", expression),
                        ], required: ["key", "valueExpression"]), maxItems: 32, listType: .atomic)),
        ], required: ["username"])

    private static let claim = Schema.string("A claim's name.", maxLength: 256)
    private static let expression = Schema.string("An expression of CEL over claims.", maxLength: 8192)

    private static func source(_ description: String) -> Schema {
        .object(
            description,
            [
                .init("claim", claim),
                .init("prefix", .string("Put in front; required with claim, may be empty.", maxLength: 256)),
                .init("expression", expression),
            ])
    }

    private static let claimRule = Schema.object(
        "A claim with its value, or an expression.",
        [
            .init("claim", claim), .init("requiredValue", .string("What the claim must be.", maxLength: 1024)),
            .init("expression", expression), .init("message", .string("Why a token is refused.", maxLength: 1024)),
        ])

    private static let userRule = Schema.object(
        "An expression over user.",
        [
            .init("expression", .string("An expression of CEL over user.", maxLength: 8192)),
            .init("message", .string("Why a user is refused.", maxLength: 1024)),
        ], required: ["expression"])
}
