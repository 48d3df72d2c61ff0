// SPDX-License-Identifier: Apache-2.0

import Schemas

extension Lease {
    static let schema = Schema.resource(
        "Who holds something, and until when.",
        [
            .init(
                "spec",
                .object(
                    "The lease as its holder wrote it.",
                    [
                        .init("holderIdentity", .string("Who holds it; absent when nobody does.", maxLength: 1024)),
                        .init(
                            "leaseDurationSeconds",
                            .integer("How long it is held after renewTime.", in: Int64(Int32.min)...Int64(Int32.max))),
                        .init("acquireTime", .string("When the holder got it.", maxLength: 64, format: "date-time")),
                        .init(
                            "renewTime", .string("When the holder last renewed it.", maxLength: 64, format: "date-time")
                        ),
                        .init(
                            "leaseTransitions", .integer("How often it changed hands.", in: 0...Int64(Int32.max))),
                        .init("strategy", .string("How the next holder is chosen.", maxLength: 253)),
                        .init("preferredHolder", .string("Who should hold it next.", maxLength: 1024)),
                    ]))
        ])
}
