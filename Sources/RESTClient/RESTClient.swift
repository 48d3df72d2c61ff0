// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

/// One outgoing request.
package struct RESTRequest: Sendable {
    package var method: HTTPRequest.Method
    /// Absolute: `http://127.0.0.1:15003/v2.1/servers`, query included.
    package var url: String
    package var headers: HTTPFields
    package var body: [UInt8]
    /// For the whole exchange, body included.
    package var deadline: Duration
    /// Whether sending it twice does no more than once; only then is it sent again after a failure.
    package var isIdempotent: Bool

    package init(
        _ method: HTTPRequest.Method, _ url: String, headers: HTTPFields = [:], body: [UInt8] = [],
        deadline: Duration = .seconds(30), isIdempotent: Bool? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.isIdempotent = isIdempotent ?? (method == .get || method == .head)
    }
}

/// One whole answer, whatever its status.
package struct RESTResponse: Sendable {
    package var status: Int
    package var headers: HTTPFields
    package var body: [UInt8]

    package init(status: Int, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Sends one request; a test puts its own in the place of the network.
package protocol RESTTransport: Sendable {
    /// Throws `RESTError` when no whole answer came; every status code is an answer. Never follows a redirect.
    func send(_ request: RESTRequest) async throws -> RESTResponse
}

/// No answer came, and why.
package struct RESTError: Error, Sendable {
    package enum Code: Hashable, Sendable {
        /// The request never left: name not resolved, connection refused, TLS not agreed.
        case notSent
        /// It may have arrived: the connection broke or the deadline passed before the answer.
        case lost
        /// The breaker is open after too many failures; nothing was tried.
        case circuitOpen
        /// The answer is larger than we read.
        case tooLarge
    }

    package let code: Code
    /// Names host and port, never a query, header or body.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
