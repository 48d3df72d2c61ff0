// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// A text that is no set of fields.
package struct InvalidFieldSet: Error, Hashable, Sendable, CustomStringConvertible {
    /// Lower case; names the key that is wrong.
    package let description: String
}

extension FieldSet {
    /// Reads `FieldsV1`; throws for a key that names no field.
    ///
    /// https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#fieldsv1-v1-meta
    package init(tree: JSON) throws(InvalidFieldSet) {
        guard let members = tree.object?.members else {
            throw InvalidFieldSet(description: "a set of fields must be an object")
        }
        var entries: [Entry] = []
        entries.reserveCapacity(members.count)
        for member in members where member.key != "." {
            let children = try FieldSet(tree: member.value)
            let isMember = children.isEmpty || member.value["."] != nil
            entries.append(Entry(try PathElement(member.key), isMember: isMember, children: children))
        }
        self.init(unsorted: entries)
    }

    /// The set as `FieldsV1`, in the order in which upstream writes it.
    package var tree: JSON { tree(isMember: false) }

    private func tree(isMember: Bool) -> JSON {
        var members: [JSONObject.Member] = []
        members.reserveCapacity(entries.count + 1)
        if isMember, !entries.isEmpty { members.append(.init(key: ".", value: .object(JSONObject()))) }
        for entry in entries {
            members.append(.init(key: entry.element.key, value: entry.children.tree(isMember: entry.isMember)))
        }
        return .object(JSONObject(distinct: members))
    }
}

extension PathElement {
    /// Reads the key of a field set: `f:name`, `k:{…}`, `v:…`, `i:3`.
    package init(_ key: String) throws(InvalidFieldSet) {
        let rest = String(key.dropFirst(2))
        switch key.prefix(2) {
        case "f:": self = .field(rest)
        case "i:":
            guard let index = Int(rest) else { throw Self.invalid(key) }
            self = .index(index)
        case "v:": self = .value(try Self.value(rest, of: key))
        case "k:":
            guard let members = try Self.value(rest, of: key).object?.members, !members.isEmpty else {
                throw Self.invalid(key)
            }
            self = .key(members.map { KeyField($0.key, $0.value) }.sorted { $0.name.byteOrder(to: $1.name) < 0 })
        default: throw Self.invalid(key)
        }
    }

    /// As a field set writes it.
    package var key: String {
        switch self {
        case .field(let name): "f:" + name
        case .key(let fields):
            "k:" + JSON.object(JSONObject(distinct: fields.map { .init(key: $0.name, value: $0.value) })).text
        case .value(let value): "v:" + value.text
        case .index(let index): "i:\(index)"
        }
    }

    private static func value(_ text: String, of key: String) throws(InvalidFieldSet) -> JSON {
        do { return try JSON(parsing: text) } catch { throw invalid(key) }
    }

    private static func invalid(_ key: String) -> InvalidFieldSet {
        InvalidFieldSet(description: "\(JSON.string(String(key.prefix(64))).text) names no field")
    }
}
