// SPDX-License-Identifier: Apache-2.0

import Schemas

extension ServiceAccount {
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
                        ], required: ["name"]), maxItems: 256, listType: .map(keys: ["name"]))
            ),
            .init("imagePullSecrets", imagePullSecrets),
            .init("automountServiceAccountToken", .boolean("Whether pods get a token; kept for other tools.")),
        ])

    /// Replaced as a whole by an apply, and merged by name in a strategic merge patch, as upstream has it.
    private static let imagePullSecrets: Schema = {
        var schema = Schema.array(
            "Secrets to fetch images with; kept for other tools.",
            of: .atomic("A secret.", [.init("name", .string("Its name.", maxLength: 253))]), maxItems: 256)
        schema.patchMergeKey = "name"
        return schema
    }()
}
