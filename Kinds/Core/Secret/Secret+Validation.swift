// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

extension Secret {
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        var issues = DataMap.issues(in: new.tree["data"], at: "data", isBase64: true)
        issues += DataMap.issues(in: new.tree["stringData"], at: "stringData", isBase64: false)
        let merged = data(of: new)
        issues += DataMap.sizeIssue(plain: [], base64: [merged], path: "data")
        if let old, type(of: old) != type(of: new) {
            issues.append(FieldIssue(path: "type", value: new.tree["type"], message: "field is immutable"))
        }
        issues += missing(in: merged, type: type(of: new))
        issues += misfits(in: merged, type: type(of: new))
        return issues + DataMap.immutabilityIssues(new, old, fields: ["data"]) { object, _ in data(of: object) }
    }

    private static func type(of secret: Object) -> String { secret.tree["type"]?.string ?? "Opaque" }

    /// The names that a type wants to be there: all in a row, or one of the rows.
    ///
    /// https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
    private static let wanted: [String: [[String]]] = [
        "kubernetes.io/tls": [["tls.crt", "tls.key"]],
        "kubernetes.io/dockerconfigjson": [[".dockerconfigjson"]],
        "kubernetes.io/dockercfg": [[".dockercfg"]],
        "kubernetes.io/ssh-auth": [["ssh-privatekey"]],
        "kubernetes.io/basic-auth": [["username"], ["password"]],
    ]

    private static func missing(in data: JSON?, type: String) -> [FieldIssue] {
        guard let rows = wanted[type], !rows.contains(where: { $0.allSatisfy { data?[$0] != nil } }) else { return [] }
        if rows.count > 1 {
            let names = rows.flatMap(\.self).joined(separator: " or ")
            return [FieldIssue(path: "data", reason: .required, message: "needs \(names) for type \(type)")]
        }
        return rows.flatMap(\.self).filter { data?[$0] == nil }.map {
            FieldIssue(path: "data[\($0)]", reason: .required, message: "")
        }
    }

    /// The name under which a type keeps a document for Docker's client.
    private static let documents = [
        "kubernetes.io/dockerconfigjson": ".dockerconfigjson", "kubernetes.io/dockercfg": ".dockercfg",
    ]

    /// A document that is none; what it holds is not repeated.
    private static func misfits(in data: JSON?, type: String) -> [FieldIssue] {
        guard let name = documents[type], let text = data?[name]?.string, let bytes = DataMap.bytes(base64: text),
            (try? JSON(parsing: bytes))?.object == nil
        else { return [] }
        return [
            FieldIssue(path: "data[\(name)]", value: "<secret contents redacted>", message: "must be a JSON object")
        ]
    }
}
