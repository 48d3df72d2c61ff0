// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

extension ConfigMap {
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        let (data, binary) = (new.tree["data"], new.tree["binaryData"])
        var issues = DataMap.issues(in: data, at: "data", isBase64: false)
        issues += DataMap.issues(in: binary, at: "binaryData", isBase64: true)
        for (key, _) in DataMap.texts(binary) where data?[key] != nil {
            issues.append(
                FieldIssue(
                    path: "data[\(key)]", value: .string(key), message: "duplicate of key present in binaryData"))
        }
        issues += DataMap.sizeIssue(plain: [data], base64: [binary], path: "data")
        return issues
            + DataMap.immutabilityIssues(new, old, fields: ["data", "binaryData"]) { object, field in
                object.tree[field]
            }
    }
}
