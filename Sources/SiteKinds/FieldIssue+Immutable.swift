// SPDX-License-Identifier: Apache-2.0

package import Resources

extension FieldIssue {
    /// A field that was changed and cannot be.
    package static func immutable(_ path: String, remedy: String = "create another object") -> FieldIssue {
        FieldIssue(path: path, message: "is immutable; \(remedy)")
    }
}
