// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

/// Data that only those may see who need it: passwords, keys, clouds.yaml.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/secret-v1/
enum Secret {
    static let type = ResourceType(group: "", version: "v1", kind: "Secret", plural: "secrets")

    static let kind = Kind(
        group: "", names: Kind.Names(kind: "Secret", plural: "secrets"),
        versions: [
            KindVersion(
                name: "v1", schema: schema,
                columns: [Column("Type", path: ".type"), Column("Data", type: "integer", value: .count(".data"))],
                hasStatus: false)
        ],
        selectableFields: ["type": ".type"], issues: issues, completion: { completed($0) },
        secretFields: [".data", ".stringData"])

    /// Puts `stringData` into `data`, so that it is never kept or served in plain text.
    static func completed(_ tree: JSON) -> JSON {
        // What is no map of texts, the schema refuses.
        guard let plain = tree["stringData"]?.object, plain.members.allSatisfy({ $0.value.string != nil }),
            tree["data"].map({ $0.object != nil }) ?? true
        else { return tree }
        var secret = tree
        secret["data"] = data(of: Object(tree))
        secret["stringData"] = nil
        return secret
    }

    /// `data` as it is kept, with `stringData` over it.
    static func data(of secret: Object) -> JSON? {
        let plain = DataMap.texts(secret.tree["stringData"])
        guard !plain.isEmpty else { return secret.tree["data"] }
        var data = secret.tree["data"] ?? .object(JSONObject())
        for (key, value) in plain { data[key] = .string(DataMap.base64(value)) }
        return data
    }
}
