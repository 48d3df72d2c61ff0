// SPDX-License-Identifier: Apache-2.0

/// Which objects are meant, by their labels: all requirements must hold; none at all means every object.
///
/// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
package struct LabelSelector: Hashable, Sendable {
    /// How the values of a label are compared.
    package enum Operator: String, Hashable, Sendable {
        /// The label is there with one of the values.
        case isIn = "In"
        /// The label has none of the values, or is not there.
        case isNotIn = "NotIn"
        case exists = "Exists"
        case doesNotExist = "DoesNotExist"
        /// The label is a whole number above the one value; in texts only.
        case isGreater = "Gt"
        /// The label is a whole number below the one value; in texts only.
        case isLess = "Lt"
    }

    /// One claim about one label.
    package struct Requirement: Hashable, Sendable {
        package let key: String
        package let `operator`: Operator
        package let values: [String]

        package init(key: String, operator: Operator, values: [String] = []) {
            self.key = key
            self.operator = `operator`
            self.values = values
        }

        /// True when the claim holds for an object with these labels.
        package func matches(_ labels: [String: String]) -> Bool {
            switch `operator` {
            case .isIn: labels[key].map(values.contains) ?? false
            case .isNotIn: labels[key].map { !values.contains($0) } ?? true
            case .exists: labels[key] != nil
            case .doesNotExist: labels[key] == nil
            case .isGreater: compares(labels[key], by: >)
            case .isLess: compares(labels[key], by: <)
            }
        }

        private func compares(_ label: String?, by order: (Int64, Int64) -> Bool) -> Bool {
            guard let label = label.flatMap({ Int64($0) }), let limit = values.first.flatMap({ Int64($0) }) else {
                return false
            }
            return order(label, limit)
        }
    }

    package let requirements: [Requirement]

    /// Matches every object.
    package static let everything = LabelSelector([])

    package init(_ requirements: [Requirement]) { self.requirements = requirements }

    package var isEmpty: Bool { requirements.isEmpty }

    /// True when all claims hold for an object with these labels.
    package func matches(_ labels: [String: String]) -> Bool { requirements.allSatisfy { $0.matches(labels) } }
}

extension LabelSelector: CustomStringConvertible {
    /// The wire text, which reads back as the same selector.
    package var description: String { requirements.map(\.description).joined(separator: ",") }
}

extension LabelSelector.Requirement: CustomStringConvertible {
    package var description: String {
        switch `operator` {
        case .isIn: values.count == 1 ? "\(key)=\(values[0])" : "\(key) in (\(values.joined(separator: ",")))"
        case .isNotIn: values.count == 1 ? "\(key)!=\(values[0])" : "\(key) notin (\(values.joined(separator: ",")))"
        case .exists: key
        case .doesNotExist: "!\(key)"
        case .isGreater: "\(key)>\(values.first ?? "")"
        case .isLess: "\(key)<\(values.first ?? "")"
        }
    }
}

/// A selector that makes no sense; the message is upstream's.
package struct InvalidSelector: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    package var description: String { message }

    package init(_ message: String) { self.message = message }
}
