// SPDX-License-Identifier: Apache-2.0

import Schemas

extension ConfigMap {
    static let schema = Schema.resource(
        "Data that is no secret.",
        [
            .init("data", DataMap.schema("Texts by name.", values: "A value.")),
            .init("binaryData", DataMap.schema("Bytes by name.", values: "A value in base64.")),
            .init("immutable", .boolean("Whether the data can never change again.")),
        ])
}
