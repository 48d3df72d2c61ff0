// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

extension HTTPField.Name {
    /// Stands on every answer.
    package static let requestID: Self = {
        guard let name = Self("X-Request-Id") else { preconditionFailure("a header's name is a token") }
        return name
    }()
}
