// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// One thing that is wrong with an object, at a path, with what would be right.
///
/// The wire's form is a cause of a `Status`; reasons are the upstream ones:
/// https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/field/errors.go
package struct FieldIssue: Hashable, Sendable {
    /// What sort of wrong it is; extensible on the wire, so a struct of constants.
    package struct Reason: Hashable, Sendable {
        package let text: String
        package init(_ text: String) { self.text = text }

        package static let required = Reason("FieldValueRequired")
        package static let invalid = Reason("FieldValueInvalid")
        package static let duplicate = Reason("FieldValueDuplicate")
        package static let forbidden = Reason("FieldValueForbidden")
        package static let notFound = Reason("FieldValueNotFound")
        package static let notSupported = Reason("FieldValueNotSupported")
        package static let tooLong = Reason("FieldValueTooLong")
        package static let tooMany = Reason("FieldValueTooMany")
        package static let typeInvalid = Reason("FieldValueTypeInvalid")
    }

    /// As users write it: `spec.networks[0].name`.
    package let path: String
    package let reason: Reason
    /// What stands there now, when users may see it; never a secret.
    package let value: JSON?
    /// Lower case, no full stop; names the limit and what to do.
    package let message: String

    package init(path: String, reason: Reason = .invalid, value: JSON? = nil, message: String) {
        self.path = path
        self.reason = reason
        self.value = value
        self.message = message
    }
}

extension FieldIssue {
    /// The message as a cause has it: `Invalid value: 11: must be at most 10`.
    ///
    /// A message that came from the wire, or a reason that belongs to no field, is left as it is.
    package var wireMessage: String {
        guard let label = Self.labels[reason], !message.hasPrefix(label) else { return message }
        return [label, value?.text ?? "", message].filter { !$0.isEmpty }.joined(separator: ": ")
    }

    /// With its path, as an object's message lists it; a path that is empty is left out.
    package var text: String { path.isEmpty ? wireMessage : "\(path): \(wireMessage)" }

    private static let labels: [Reason: String] = [
        .required: "Required value", .invalid: "Invalid value", .duplicate: "Duplicate value",
        .forbidden: "Forbidden", .notFound: "Not found", .notSupported: "Unsupported value", .tooLong: "Too long",
        .tooMany: "Too many", .typeInvalid: "Invalid value",
    ]
}
