// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import Resources
import Schemas

/// The maps of data that Secrets and ConfigMaps are.
enum DataMap {
    /// All keys and values of an object together, in bytes, as upstream limits them.
    static let limit = 1_048_576

    /// A map by file names; `values` is what stands at each.
    static func schema(_ description: String, values: String) -> Schema {
        // A value may be as long as base64 makes the limit.
        .map(description, of: .string(values, maxLength: limit / 3 * 4 + 4), maxProperties: 16384)
    }

    /// The members of a map that are texts, in their order.
    static func texts(_ map: JSON?) -> [(key: String, value: String)] {
        (map?.object?.members ?? []).compactMap { member in member.value.string.map { (member.key, $0) } }
    }

    /// The bytes that base64 spells; absent for a text that is no base64.
    static func bytes(base64 text: String) -> [UInt8]? { Data(base64Encoded: text).map(Array.init) }

    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// What is wrong with the keys, and, when `isBase64`, with the values; never names a value.
    static func issues(in map: JSON?, at path: String, isBase64: Bool) -> [FieldIssue] {
        texts(map).flatMap { key, value in
            var issues = NameRule.dataKey.issues(key).map {
                FieldIssue(path: "\(path)[\(key)]", value: .string(key), message: $0)
            }
            if isBase64, bytes(base64: value) == nil {
                issues.append(
                    FieldIssue(path: "\(path)[\(key)]", message: "must be base64; use stringData for plain text"))
            }
            return issues
        }
    }

    /// The issue of too much data, if it is; `path` names the field to complain of.
    static func sizeIssue(plain: [JSON?], base64: [JSON?], path: String) -> [FieldIssue] {
        let plainSize = plain.flatMap(texts).reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        let size = base64.flatMap(texts).reduce(plainSize) {
            $0 + $1.key.utf8.count + (bytes(base64: $1.value)?.count ?? 0)
        }
        guard size > limit else { return [] }
        return [
            FieldIssue(path: path, reason: .tooLong, message: "must be at most \(limit) bytes in all, has \(size)")
        ]
    }

    /// What an immutable object's update changes although it must not.
    static func immutabilityIssues(
        _ new: Object, _ old: Object?, fields: [String], data: (Object, String) -> JSON?
    ) -> [FieldIssue] {
        guard let old, old.tree["immutable"]?.bool == true else { return [] }
        var issues: [FieldIssue] = []
        if new.tree["immutable"]?.bool != true {
            issues.append(
                FieldIssue(
                    path: "immutable", reason: .forbidden,
                    message: "field is immutable when `immutable` is set"))
        }
        for field in fields where data(new, field) != data(old, field) {
            issues.append(
                FieldIssue(
                    path: field, reason: .forbidden,
                    message: "field is immutable when `immutable` is set"))
        }
        return issues
    }
}
