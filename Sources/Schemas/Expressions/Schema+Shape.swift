// SPDX-License-Identifier: Apache-2.0

import CEL

extension Schema {
    /// How expressions see a value of this schema; absent where they see nothing, because nobody says what it is.
    ///
    /// https://kubernetes.io/docs/reference/using-api/cel/#type-system-integration
    var shape: Shape? {
        switch form {
        case .string: textShape
        case .integer: .int
        case .number: .double
        case .boolean: .bool
        case .integerOrString: .dyn
        case .any: nil
        case .array: items.first?.shape.map { .list($0, listType.shape) }
        case .object: objectShape
        }
    }

    private var textShape: Shape {
        switch format {
        case "byte": .bytes
        case "date", "date-time": .timestamp
        case "duration": .duration
        default: .string
        }
    }

    private var objectShape: Shape? {
        if let values = additionalProperties.first { return values.shape.map(Shape.map) }
        var fields = properties.compactMap { property in
            property.schema.shape.map { ObjectShape.Field(key: property.name, shape: $0) }
        }
        if isEmbeddedResource {
            fields.removeAll { Self.commonFields.map(\.key).contains($0.key) }
            fields += Self.commonFields
        }
        return .object(ObjectShape(name: "object", fields: fields))
    }

    /// What expressions see of every object's common members.
    private static let commonFields: [ObjectShape.Field] = [
        .init(key: "apiVersion", shape: .string), .init(key: "kind", shape: .string),
        .init(
            key: "metadata",
            shape: .object(
                ObjectShape(
                    name: "object",
                    fields: [.init(key: "name", shape: .string), .init(key: "generateName", shape: .string)]))),
    ]
}

extension Schema.ListType {
    fileprivate var shape: Shape.ListKind {
        switch self {
        case .unspecified, .atomic: .atomic
        case .set: .set
        case .map(let keys): .map(keys: keys)
        }
    }
}
