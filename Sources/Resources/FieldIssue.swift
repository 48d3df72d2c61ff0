// SPDX-License-Identifier: Apache-2.0

/// One thing that is wrong with an object, at a path, with what would be right.
///
/// The wire's form is a cause of a `Status`; reasons are the upstream ones:
/// https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/field/errors.go
package struct FieldIssue: Hashable, Sendable {
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
    /// Lower case, no full stop; names the limit and what to do.
    package let message: String

    package init(path: String, reason: Reason = .invalid, message: String) {
        self.path = path
        self.reason = reason
        self.message = message
    }
}
