// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RESTClient
import Serving

/// Hands requests to a handler in this process, as the network would.
struct HandlerTransport: StreamingTransport {
    let handler: any RequestHandler

    func send(_ request: RESTRequest) async throws -> RESTResponse {
        var (response, chunks) = try await stream(request)
        for try await chunk in chunks { response.body += chunk }
        return response
    }

    func stream(_ request: RESTRequest) async throws -> (head: RESTResponse, chunks: RESTChunks) {
        let query = request.url.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let response = await handler.respond(
            to: Request(
                method: request.method, path: request.path, query: String(query), headers: request.headers,
                body: RequestBody(request.body), remoteAddress: "192.0.2.7", id: "request"))
        let (chunks, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        let head = RESTResponse(status: response.status.code, headers: response.headers)
        switch response.body {
        case .bytes(let bytes):
            continuation.yield(bytes)
            continuation.finish()
        case .stream(let write):
            let writing = Task {
                do {
                    try await write(Pipe(continuation: continuation))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: RESTError(.lost, "the answer broke"))
                }
            }
            continuation.onTermination = { _ in writing.cancel() }
        }
        return (head, chunks)
    }

    private struct Pipe: ResponseWriter {
        let continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation

        func write(_ bytes: [UInt8]) async throws {
            try Task.checkCancellation()
            continuation.yield(bytes)
        }
    }
}
