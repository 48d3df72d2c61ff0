// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes

/// An answer: a status, headers, and bytes at once or as they come.
package struct Response: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Runs until it returns; it is cancelled when the client goes away or the server drains.
        case stream(@Sendable (any ResponseWriter) async throws -> Void)
    }

    package var status: HTTPResponse.Status
    package var headers: HTTPFields
    package var body: Body
    /// Whether a large body may be compressed, and a stream always: not when the client waits for each piece of it, as it
    /// does in a watch.
    package var mayBeCompressed = false

    package init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Where a streamed answer goes.
package protocol ResponseWriter: Sendable {
    /// Sends the bytes now and returns when the connection can take more; throws when the client has gone.
    func write(_ bytes: [UInt8]) async throws
    /// Sends the bytes after the stream has returned, also when it was cancelled because the server stops.
    func leave(_ bytes: [UInt8])
}

extension ResponseWriter {
    package func leave(_ bytes: [UInt8]) {}
}

/// A face: turns requests into answers and never throws.
package protocol RequestHandler: Sendable {
    func respond(to request: Request) async -> Response
}
