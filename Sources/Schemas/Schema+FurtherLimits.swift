// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

extension SchemaCheck {
    /// The limits that a schema names as schemas: `allOf`, `anyOf`, `oneOf` and `not`.
    mutating func checkFurtherLimits(_ value: JSON, _ schema: Schema) {
        for limit in schema.allOf { check(value, limit) }
        if !schema.anyOf.isEmpty, !schema.anyOf.contains(where: { fits(value, $0) }) {
            report(.invalid, "must validate at least one schema (anyOf)\(schema.mention(value))")
        }
        if !schema.oneOf.isEmpty, schema.oneOf.filter({ fits(value, $0) }).count != 1 {
            report(.invalid, "must validate one and only one schema (oneOf)\(schema.mention(value))")
        }
        if let limit = schema.not.first, fits(value, limit) {
            report(.invalid, "must not validate the schema (not)\(schema.mention(value))")
        }
    }

    private func fits(_ value: JSON, _ schema: Schema) -> Bool {
        var check = SchemaCheck(path: path)
        check.check(value, schema)
        return check.issues.isEmpty
    }
}
