// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Login
import Resources

extension Organization {
    /// Names that mean something else in paths.
    private static let reserved: Set<String> = ["system", "root"]
    private static let longestName = 40

    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        (old == nil ? nameIssues(new.metadata.name) : []) + siteIssues(new)
            + IssuerSettings.read(new.spec?["issuers"], at: "spec.issuers").issues
    }

    private static func nameIssues(_ name: String) -> [FieldIssue] {
        var messages = NameRule.label.issues(name)
        if name.utf8.count > longestName { messages.append("must be no more than \(longestName) characters") }
        if reserved.contains(name) { messages.append("is reserved; choose another name") }
        return messages.map { FieldIssue(path: "metadata.name", message: $0) }
    }

    private static func siteIssues(_ new: Object) -> [FieldIssue] {
        var seen: Set<String> = []
        return new.siteUses.enumerated().flatMap { index, use -> [FieldIssue] in
            let path = "spec.sites[\(index)]"
            var issues: [FieldIssue] = []
            if !seen.insert(use.name).inserted {
                issues.append(FieldIssue(path: "\(path).name", reason: .duplicate, message: "is named twice"))
            }
            switch (use.access, use.project) {
            case (.project, nil):
                issues.append(
                    FieldIssue(
                        path: "\(path).project", reason: .required,
                        message: "is required with access project; name the Project that the credential serves"))
            case (.domain, .some):
                issues.append(
                    FieldIssue(
                        path: "\(path).project", reason: .forbidden,
                        message: "is for access project only; remove it, every Project can be at the site"))
            case (.project, .some(let name)):
                issues += NameRule.label.issues(name).map { FieldIssue(path: "\(path).project", message: $0) }
            case (.domain, nil): break
            }
            return issues
        }
    }
}
