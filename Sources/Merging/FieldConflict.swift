// SPDX-License-Identifier: Apache-2.0

/// Fields that an apply would take from one of their managers.
package struct FieldConflict: Hashable, Sendable {
    package let manager: ManagedFields.Manager
    /// The version that the fields are written in.
    package let apiVersion: String
    package let fields: FieldSet

    package init(_ entry: ManagedFields.Entry, _ fields: FieldSet) {
        manager = entry.manager
        apiVersion = entry.apiVersion
        self.fields = fields
    }

    /// The same conflict about fewer fields.
    init(_ conflict: FieldConflict, _ fields: FieldSet) {
        manager = conflict.manager
        apiVersion = conflict.apiVersion
        self.fields = fields
    }

    /// As a cause names the manager: `conflict with "hand" using v1`.
    package var message: String { "conflict with \(wording)" }

    fileprivate var wording: String {
        var text = "\"\(manager.name)\""
        if !manager.subresource.isEmpty { text += " with subresource \"\(manager.subresource)\"" }
        if manager.operation == .update { text += " using \(apiVersion)" }
        return text
    }
}

extension [FieldConflict] {
    /// The sentence about all of them, as clients know it.
    package var message: String {
        let count = reduce(0) { $0 + $1.fields.paths.count }
        if count == 1, let only = first, let path = only.fields.paths.first {
            return "Apply failed with 1 conflict: \(only.message): \(path)"
        }
        let lines = map { conflict in
            "conflicts with \(conflict.wording):\n" + conflict.fields.paths.map { "- \($0)" }.joined(separator: "\n")
        }
        return "Apply failed with \(count) conflicts: " + lines.joined(separator: "\n")
    }
}
