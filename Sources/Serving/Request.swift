// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

/// A request as a face sees it, whichever HTTP version brought it.
package struct Request: Sendable {
    package var method: HTTPRequest.Method
    /// As sent, still percent-encoded, without the query.
    package var path: String
    /// As sent, still percent-encoded, without the question mark; empty when there is none.
    package var query: String
    package var headers: HTTPFields
    package var body: RequestBody
    /// The client's certificate in DER, when it sent one that our CA signed.
    package var peerCertificate: [UInt8]?
    package var remoteAddress: String
    /// Host and port as the client named us; empty when it did not.
    package var authority: String
    /// Unique in this process; stands in logs, the audit record and the answer's headers.
    package var id: String

    package init(
        method: HTTPRequest.Method, path: String, query: String = "", headers: HTTPFields = [:],
        body: RequestBody = .empty, peerCertificate: [UInt8]? = nil, remoteAddress: String = "",
        authority: String = "", id: String = ""
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.peerCertificate = peerCertificate
        self.remoteAddress = remoteAddress
        self.authority = authority
        self.id = id
    }
}

/// A request's body, read only when somebody asks.
package struct RequestBody: Sendable {
    package struct TooLarge: Error, Hashable, Sendable {
        /// In bytes.
        package let limit: Int
        package init(limit: Int) { self.limit = limit }
    }

    /// Reads all of it; throws `TooLarge` as soon as it passes the limit (bytes).
    package var collect: @Sendable (_ limit: Int) async throws -> [UInt8]

    package init(collect: @escaping @Sendable (_ limit: Int) async throws -> [UInt8]) { self.collect = collect }

    package init(_ bytes: [UInt8]) {
        self.init { limit in
            guard bytes.count <= limit else { throw TooLarge(limit: limit) }
            return bytes
        }
    }

    package static let empty = RequestBody([])
}
