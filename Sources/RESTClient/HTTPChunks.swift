// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore

/// The HTTP client's body in our terms.
struct HTTPChunks: AsyncSequence, Sendable {
    let body: HTTPClientResponse.Body
    /// Kept while somebody reads, for its connections close with it.
    let transport: HTTPTransport
    /// For messages.
    let origin: String

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: body.makeAsyncIterator(), transport: transport, origin: origin)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: HTTPClientResponse.Body.AsyncIterator
        fileprivate let transport: HTTPTransport
        fileprivate let origin: String

        mutating func next() async throws -> [UInt8]? {
            do {
                guard let buffer = try await base.next() else { return nil }
                return Array(buffer.readableBytesView)
            } catch {
                throw RESTError.from(error, origin: origin)
            }
        }
    }
}
