// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas

extension Schema.Form {
    /// Why a value may not stand for this scalar; absent when it may.
    func expectation(of value: JSON) -> String? {
        switch (self, value) {
        case (.string, .string), (.boolean, .bool), (.integer, .integer), (.integer, .decimal), (.number, .integer),
            (.number, .decimal):
            nil
        case (.integerOrString, .integer), (.integerOrString, .decimal), (.integerOrString, .string): nil
        case (.string, _): "expected string, got \(value.wording)"
        case (.boolean, _): "expected boolean, got \(value.wording)"
        case (.integer, _), (.number, _): "expected numeric (int or float), got \(value.wording)"
        default: "expected scalar, got \(value.wording)"
        }
    }
}

extension JSON {
    /// What sort of value it is, for errors; never the value itself.
    var wording: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer, .decimal: "number"
        case .string: "string"
        case .array: "list"
        case .object: "map"
        }
    }
}
