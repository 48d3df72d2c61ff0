// SPDX-License-Identifier: Apache-2.0

/// The bytes of an answer as they arrive; the sender is held back while nobody reads.
///
/// Throws `RESTError` when the connection breaks, ends when the answer does; letting go of it, or cancelling its reader,
/// closes the connection.
package typealias RESTChunks = any AsyncSequence<[UInt8], any Error> & Sendable

/// Sends a request whose answer has no end, as a watch has none.
package protocol StreamingTransport: RESTTransport {
    /// Returns at the answer's head, whose body is empty; the request's deadline is for the head only.
    func stream(_ request: RESTRequest) async throws -> (head: RESTResponse, chunks: RESTChunks)
}
