// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

/// What is wrong with `metadata.ownerReferences`.
enum OwnerReferenceRules {
    static func issues(_ metadata: Metadata) -> [FieldIssue] {
        let references = metadata.tree["ownerReferences"]?.array ?? []
        return references.enumerated().flatMap { issues(in: $1, path: "metadata.ownerReferences[\($0)]") }
            + controllerIssues(references)
    }

    private static func issues(in reference: JSON, path: String) -> [FieldIssue] {
        var issues: [FieldIssue] = []
        if let text = reference["apiVersion"]?.string, GroupVersion(text) == nil {
            issues.append(
                FieldIssue(
                    path: "\(path).apiVersion", value: .string(text), message: "must be version or group/version"))
        }
        for name in ["kind", "name", "uid"] where reference[name]?.string?.isEmpty == true {
            issues.append(FieldIssue(path: "\(path).\(name)", value: "", message: "must not be empty"))
        }
        return issues
    }

    private static func controllerIssues(_ references: [JSON]) -> [FieldIssue] {
        let controllers = references.filter { $0["controller"]?.bool == true }
        guard controllers.count > 1 else { return [] }
        let names = controllers.prefix(3).map { "\($0["kind"]?.string ?? "") \($0["name"]?.string ?? "")" }
        let message = "only one reference can have controller set to true, found it in \(names.joined(separator: ", "))"
        return [FieldIssue(path: "metadata.ownerReferences", message: message)]
    }
}
