// SPDX-License-Identifier: Apache-2.0

import Schemas

extension TokenReview {
    static let spec = Schema.object(
        "The question.",
        [
            .init("token", .string("The token.", maxLength: 16384)),
            .init(
                "audiences",
                .array(
                    "Whom it must be made for, one of them; this server when absent.",
                    of: .string("An audience.", maxLength: 1024), maxItems: 32)),
        ])

    static let status = Schema.object(
        "The answer.",
        [
            .init("authenticated", .boolean("Whether the token is good.")), .init("user", Reviews.userSchema),
            .init(
                "audiences",
                .array(
                    "Those of the audiences asked for that the token is made for.",
                    of: .string("An audience.", maxLength: 1024), maxItems: 32)),
            .init("error", .string("Why the token is not good.", maxLength: 4096)),
        ])
}
