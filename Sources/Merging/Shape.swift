// SPDX-License-Identifier: Apache-2.0

import JSONTree
package import Schemas

/// What merging needs of a schema, made once for each version of a kind.
///
/// A tree of references, so that the walks of every write copy no schemas.
package final class Shape: Sendable {
    enum Form: Sendable {
        case scalar(Schema.Form)
        /// Members by name, and what holds for all others; unknown members are an error when that is absent.
        case object([String: Shape], rest: Shape?)
        case list(Shape, List)
        /// No schema: objects are merged member by member, lists are one value.
        case open
    }

    /// How the elements of a list are told apart.
    enum List: Sendable {
        case atomic
        case set
        /// By these keys, sorted by name.
        case map([Key])
    }

    struct Key: Sendable {
        let name: String
        let defaultValue: JSON?
    }

    let form: Form
    /// Managed and replaced as one value.
    let isAtomic: Bool

    /// A part of an object that no schema describes.
    static let open = Shape(.open, isAtomic: false)

    private init(_ form: Form, isAtomic: Bool) {
        self.form = form
        self.isAtomic = isAtomic
    }

    /// The shape of a whole object, or of a part of it.
    package convenience init(_ schema: Schema) {
        switch schema.form {
        case .any: self.init(.open, isAtomic: false)
        case .string, .integer, .number, .boolean, .integerOrString: self.init(.scalar(schema.form), isAtomic: true)
        case .object: self.init(Self.object(schema), isAtomic: schema.isAtomicMap)
        case .array:
            let list = Self.list(schema)
            let isAtomic = if case .atomic = list { true } else { false }
            self.init(.list(schema.items.first.map { Shape($0) } ?? .open, list), isAtomic: isAtomic)
        }
    }

    private static func object(_ schema: Schema) -> Form {
        let fields = schema.namedMembers.map { ($0.name, Shape($0.schema)) }
        let rest = schema.additionalProperties.first.map { Shape($0) } ?? (schema.preservesUnknownFields ? .open : nil)
        return .object(Dictionary(fields, uniquingKeysWith: { first, _ in first }), rest: rest)
    }

    private static func list(_ schema: Schema) -> List {
        guard case .map(let keys) = schema.listType else { return schema.listType == .set ? .set : .atomic }
        let item = schema.items.first
        return .map(keys.sorted().map { Key(name: $0, defaultValue: item?.member($0)?.defaultValue) })
    }
}

extension Shape {
    /// What stands under a name, and whether the schema names it; absent when nothing may stand there.
    func member(_ name: String) -> (shape: Shape, isNamed: Bool)? {
        switch form {
        case .object(let fields, let rest):
            if let field = fields[name] { return (field, true) }
            return rest.map { ($0, false) }
        case .open: return (.open, false)
        case .scalar, .list: return nil
        }
    }

    /// Whether members are managed one by one.
    var hasMembers: Bool {
        switch form {
        case .object: !isAtomic
        case .open: true
        case .scalar, .list: false
        }
    }

    /// The shape of the elements and how they are told apart; absent when the list is one value.
    var elements: (shape: Shape, list: List)? {
        if case .list(let items, let list) = form, !isAtomic { (items, list) } else { nil }
    }
}

extension Shape.List {
    /// The path element of a list's element; absent for one that has none of the keys, or is of the wrong type.
    func element(of item: JSON) -> PathElement? {
        switch self {
        case .atomic: return nil
        case .set:
            switch item {
            case .array, .object, .null: return nil
            default: return .value(item)
            }
        case .map(let keys):
            guard let members = item.object else { return nil }
            let fields = keys.compactMap { key in
                (members[key.name] ?? key.defaultValue).map { PathElement.KeyField(key.name, $0) }
            }
            return fields.isEmpty ? nil : .key(fields)
        }
    }
}
