// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension APIError {
    /// The error as a `Status`, in upstream's order of members.
    package var tree: JSON {
        var tree: JSON = [
            "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": .string(message),
        ]
        if let token = self.details.continueToken { tree["metadata"] = ["continue": .string(token)] }
        if !reason.text.isEmpty { tree["reason"] = .string(reason.text) }
        let details = detailsTree
        // kubectl shows the message of an invalid request only beside details, even empty ones.
        if details.object?.isEmpty == false || reason == .invalid { tree["details"] = details }
        tree["code"] = .integer(Int64(reason.code))
        return tree
    }

    private var detailsTree: JSON {
        var tree: JSON = [:]
        for (key, text) in [
            ("name", details.name), ("group", details.group), ("kind", details.kind), ("uid", details.uid),
        ] {
            if let text, !text.isEmpty { tree[key] = .string(text) }
        }
        if !causes.isEmpty { tree["causes"] = .array(causes.map(Self.cause)) }
        if let seconds = details.retryAfterSeconds { tree["retryAfterSeconds"] = .integer(Int64(seconds)) }
        return tree
    }

    private static func cause(_ issue: FieldIssue) -> JSON {
        var tree: JSON = ["reason": .string(issue.reason.text), "message": .string(issue.wireMessage)]
        if !issue.path.isEmpty { tree["field"] = .string(issue.path) }
        return tree
    }
}

extension APIError {
    /// Reads a `Status` that another server answered; absent when the tree is none or tells of a success.
    package init?(tree: JSON) {
        guard tree["kind"]?.string == "Status", tree["status"]?.string != "Success", let code = tree["code"]?.integer
        else {
            return nil
        }
        let details = tree["details"] ?? [:]
        self.init(
            Reason(tree["reason"]?.string ?? "", code: Int(code)), tree["message"]?.string ?? "",
            details: Details(
                name: details["name"]?.string, group: details["group"]?.string, kind: details["kind"]?.string,
                uid: details["uid"]?.string,
                retryAfterSeconds: details["retryAfterSeconds"]?.integer.map { Int($0) },
                continueToken: tree["metadata"]?["continue"]?.string),
            causes: details["causes"]?.array?.map(Self.issue) ?? [])
    }

    private static func issue(_ cause: JSON) -> FieldIssue {
        FieldIssue(
            path: cause["field"]?.string ?? "", reason: FieldIssue.Reason(cause["reason"]?.string ?? ""),
            message: cause["message"]?.string ?? "")
    }
}
