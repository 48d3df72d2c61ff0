// SPDX-License-Identifier: Apache-2.0

import Schemas

extension Namespace {
    static let schema = Schema.resource(
        "A space for names inside an organization.",
        [.init("spec", spec), .init("status", status)])

    private static let spec = Schema.object(
        "How the namespace is handled.",
        [
            .init(
                "finalizers",
                .array(
                    "What must be done before the namespace is gone.", of: .string("A finalizer.", maxLength: 316),
                    maxItems: 16))
        ])

    private static let status = Schema.object(
        "How the namespace is.",
        [
            .init("phase", .word("Where it is in its life.", of: ["Active", "Terminating"])),
            .init("conditions", .looseConditions),
        ])
}
