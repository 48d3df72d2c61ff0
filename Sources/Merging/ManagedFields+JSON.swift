// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension ManagedFields {
    /// Reads `metadata.managedFields`; throws when one entry is no entry, for half of it would be wrong.
    package init(tree: JSON?) throws(InvalidFieldSet) {
        var entries: [Entry] = []
        for tree in tree?.array ?? [] { entries.append(try Entry(tree: tree)) }
        self.init(entries)
    }

    /// What the object's own metadata says; nothing when it cannot be read.
    package init(of object: JSON) {
        self = (try? ManagedFields(tree: object["metadata"]?["managedFields"])) ?? ManagedFields()
    }

    /// Whether a client asks to forget all managers, by an empty list or a list of one empty entry.
    static func isReset(_ tree: JSON?) -> Bool {
        guard let entries = tree?.array else { return false }
        return entries.isEmpty || entries.count == 1 && entries[0].object?.isEmpty == true
    }

    /// As `metadata.managedFields`, in upstream's order: by operation, time, manager, version, door; absent for nobody.
    package var tree: JSON? {
        guard !entries.isEmpty else { return nil }
        return .array(entries.sorted { $0.rank.lexicographicallyPrecedes($1.rank) }.map(\.tree))
    }
}

extension ManagedFields.Entry {
    init(tree: JSON) throws(InvalidFieldSet) {
        guard let operation = tree["operation"]?.string.flatMap(ManagedFields.Operation.init) else {
            throw InvalidFieldSet(description: "the operation must be Apply or Update")
        }
        guard let apiVersion = tree["apiVersion"]?.string, !apiVersion.isEmpty else {
            throw InvalidFieldSet(description: "the apiVersion must not be empty")
        }
        guard tree["fieldsType"]?.string == "FieldsV1" else {
            throw InvalidFieldSet(description: "the fieldsType must be FieldsV1")
        }
        let manager = ManagedFields.Manager(
            tree["manager"]?.string ?? "", operation, apiVersion: apiVersion,
            subresource: tree["subresource"]?.string ?? "")
        self.init(
            manager, apiVersion: apiVersion, time: tree["time"]?.string,
            fields: try FieldSet(tree: tree["fieldsV1"] ?? .object(JSONObject())))
    }

    var tree: JSON {
        var members: [JSONObject.Member] = [
            .init(key: "manager", value: .string(manager.name)),
            .init(key: "operation", value: .string(manager.operation.rawValue)),
            .init(key: "apiVersion", value: .string(apiVersion)),
        ]
        if let time { members.append(.init(key: "time", value: .string(time))) }
        members.append(.init(key: "fieldsType", value: "FieldsV1"))
        members.append(.init(key: "fieldsV1", value: fields.tree))
        if !manager.subresource.isEmpty {
            members.append(.init(key: "subresource", value: .string(manager.subresource)))
        }
        return .object(JSONObject(distinct: members))
    }

    fileprivate var rank: [String] {
        [manager.operation.rawValue, time ?? "", manager.name, apiVersion, manager.subresource]
    }
}
