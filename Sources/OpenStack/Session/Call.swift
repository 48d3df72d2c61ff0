// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// One call of a service's API, before it knows the site's addresses.
package struct Call: Sendable {
    package enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// What it does, for messages: `create server`.
    package var operation: String
    package var service: ServiceType
    package var method: Method
    package var path: CallPath
    package var query: Query
    package var body: JSON?
    /// Whether doing it twice comes to the same as doing it once; only then is it sent again after a lost answer.
    package var isIdempotent: Bool
    /// For the whole exchange, attempts included.
    package var deadline: Duration
    /// The `OpenStack-API-Version` header, where it must be another than the one learned of the site.
    package var apiVersion: String?
    /// Values in the body that must not come back in an error's text.
    package var secrets: [Secret] = []

    /// GET and DELETE are idempotent unless said otherwise.
    package init(
        _ operation: String, _ service: ServiceType, _ method: Method, _ path: CallPath,
        query: Query = [:], body: JSON? = nil, isIdempotent: Bool? = nil, deadline: Duration = .seconds(60)
    ) {
        self.operation = operation
        self.service = service
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.isIdempotent = isIdempotent ?? (method == .get || method == .delete)
        self.deadline = deadline
    }
}
