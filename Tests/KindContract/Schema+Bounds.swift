// SPDX-License-Identifier: Apache-2.0

import Schemas

extension Schema {
    /// Where a value has no limit of its size, beside metadata, whose limits stand elsewhere.
    var unboundedPaths: [String] {
        properties.filter { $0.name != "metadata" }.flatMap { $0.schema.unbounded(at: $0.name) }
    }

    private func unbounded(at path: String) -> [String] {
        var paths: [String] = []
        let isOpen =
            switch form {
            case .string: maxLength == nil && allowed.isEmpty
            case .array: maxItems == nil
            case .object: !additionalProperties.isEmpty && maxProperties == nil
            case .integer, .number, .boolean, .integerOrString, .any: false
            }
        if isOpen { paths.append(path) }
        paths += properties.flatMap { $0.schema.unbounded(at: "\(path).\($0.name)") }
        paths += items.flatMap { $0.unbounded(at: "\(path)[]") }
        paths += additionalProperties.flatMap { $0.unbounded(at: "\(path)[]") }
        return paths
    }

    /// The schema of the objects under a path, through lists and maps.
    func part(at path: String) -> Schema? {
        path.split(separator: ".").reduce(self) { schema, name in
            schema?.properties.first { $0.name == name }?.schema.element
        }
    }

    private var element: Schema {
        if let items = items.first { return items.element }
        return additionalProperties.first?.element ?? self
    }
}
