// SPDX-License-Identifier: Apache-2.0

import Schemas

extension ClusterRole {
    static let schema = Schema.resource(
        "What may be done in the whole organization, or in a namespace that binds it.",
        [.init("rules", RBACShapes.rules), .init("aggregationRule", aggregationRule)])

    private static let aggregationRule = Schema.object(
        "Takes the rules of other ClusterRoles too.",
        [
            .init(
                "clusterRoleSelectors",
                .array("Which; one of the selectors is enough.", of: selector, maxItems: 64))
        ])

    private static let selector = Schema.atomic(
        "ClusterRoles by their labels.",
        [
            .init(
                "matchLabels",
                .map("The labels that they have.", of: .string("A label's value.", maxLength: 63), maxProperties: 64)),
            .init("matchExpressions", .array("What holds of their labels.", of: requirement, maxItems: 64)),
        ])

    private static let requirement = Schema.object(
        "A claim about one label.",
        [
            .init("key", .string("The label.", maxLength: 317)),
            .init("operator", .word("How its value is compared.", of: ["In", "NotIn", "Exists", "DoesNotExist"])),
            .init("values", .array("The values.", of: .string("A value.", maxLength: 63), maxItems: 64)),
        ], required: ["key", "operator"])
}
