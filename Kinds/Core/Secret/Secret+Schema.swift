// SPDX-License-Identifier: Apache-2.0

import Schemas

extension Secret {
    static let schema = Schema.resource(
        "Data that only those may see who need it.",
        [
            .init("data", DataMap.schema("The data by name.", values: "A value in base64.")),
            .init(
                "stringData", DataMap.schema("Data in plain text, put into data when written.", values: "A value.")),
            .init("type", .string("What the data is for; cannot change.", maxLength: 253, default: "Opaque")),
            .init("immutable", .boolean("Whether the data can never change again.")),
        ])
}
