// SPDX-License-Identifier: Apache-2.0

import Resources

extension Namespace {
    /// A namespace's name becomes part of other names, so it is a DNS label.
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        guard old == nil else { return [] }
        return NameRule.label.issues(new.metadata.name).map { FieldIssue(path: "metadata.name", message: $0) }
    }
}
