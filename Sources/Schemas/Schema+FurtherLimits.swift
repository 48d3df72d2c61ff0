// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

extension SchemaCheck {
    /// The limits that a schema names as schemas: `allOf`, `anyOf`, `oneOf` and `not`.
    mutating func checkFurtherLimits(_ value: JSON, _ schema: Schema) {
        for limit in schema.allOf { check(value, limit) }
        if !schema.anyOf.isEmpty, !schema.anyOf.contains(where: { fits(value, $0) }) {
            report(.invalid, value: schema.shown(value), that: "must validate at least one schema (anyOf)")
        }
        if !schema.oneOf.isEmpty, schema.oneOf.filter({ fits(value, $0) }).count != 1 {
            report(.invalid, value: schema.shown(value), that: "must validate one and only one schema (oneOf)")
        }
        if let limit = schema.not.first, fits(value, limit) {
            report(.invalid, value: schema.shown(value), that: "must not validate the schema (not)")
        }
    }

    private func fits(_ value: JSON, _ schema: Schema) -> Bool {
        var check = SchemaCheck(path: path)
        check.check(value, schema)
        return check.issues.isEmpty
    }
}
