// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Value {
    /// Reads a JSON value as a schema says; what does not fit the schema is read as it stands.
    package init(_ json: JSON, as shape: Shape) {
        switch (shape, json) {
        case (.object(let shape), .object(let members)): self = .object(members, shape)
        case (.map(let values), .object(let members)): self = .map(MapValue(members, of: values))
        case (.list(let element, let kind), .array(let elements)):
            self = .list(ListValue(elements, of: element, kind: kind))
        case (.double, .integer(let value)): self = .double(Double(value))
        case (.bytes, .string(let text)): self = Base64.decode(text).map(Value.bytes) ?? .string(text)
        case (.timestamp, .string(let text)): self = Timestamp(text).map(Value.timestamp) ?? .string(text)
        case (.duration, .string(let text)):
            self = DurationText.parse(text).map { .duration(nanoseconds: $0) } ?? .string(text)
        default: self.init(natural: json)
        }
    }

    private init(natural json: JSON) {
        self =
            switch json {
            case .null: .null
            case .bool(let value): .bool(value)
            case .integer(let value): .int(value)
            case .decimal(let spelling): .double(Double(spelling) ?? .nan)
            case .string(let text): .string(text)
            case .array(let elements): .list(ListValue(elements, of: .dyn, kind: .atomic))
            case .object(let members): .map(MapValue(members, of: .dyn))
            }
    }

    /// The member of an object by its JSON key; a `null` counts as absent, as upstream has it.
    static func member(_ key: String, of members: JSONObject, as shape: Shape) -> Value? {
        guard let json = members[key] else { return nil }
        if case .null = json { return nil }
        return Value(json, as: shape)
    }
}
