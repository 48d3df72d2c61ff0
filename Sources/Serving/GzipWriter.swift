// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Synchronization

/// Sends what is written to it in gzip, in pieces as large as they come.
final class GzipWriter: ResponseWriter {
    private let gzip: Mutex<Gzip>
    private let writer: any ResponseWriter

    init(_ writer: any ResponseWriter) throws {
        gzip = Mutex(try Gzip())
        self.writer = writer
    }

    func write(_ bytes: [UInt8]) async throws { try await send(bytes, isLast: false) }

    /// Sends what is left, without which the answer is no whole one.
    func finish() async throws { try await send([], isLast: true) }

    private func send(_ bytes: [UInt8], isLast: Bool) async throws {
        let compressed = try gzip.withLock { try $0.compress(bytes, isLast: isLast) }
        if !compressed.isEmpty { try await writer.write(compressed) }
    }
}

extension Response {
    /// In bytes: what is smaller is faster sent as it is.
    static let gzipThreshold = 128 << 10

    /// This answer as the client likes it best: compressed when it is large, may be, and the client reads gzip.
    func encoded(for request: HTTPRequest) -> Response {
        guard mayBeCompressed, headers[.contentEncoding] == nil else { return self }
        var answer = self
        switch body {
        case .bytes(let bytes):
            guard bytes.count > Self.gzipThreshold else { return self }
            answer.body = .stream { writer in try await writer.write(bytes) }
        case .stream: break
        }
        // Caches must keep both forms apart, so both say that there are two.
        answer.headers[.vary] = [headers[.vary], "Accept-Encoding"].compactMap(\.self).joined(separator: ", ")
        guard request.headerFields.acceptsGzip, case .stream(let stream) = answer.body else {
            answer.body = body
            return answer
        }
        answer.headers[.contentEncoding] = "gzip"
        answer.body = .stream { writer in
            let gzip = try GzipWriter(writer)
            try await stream(gzip)
            try await gzip.finish()
        }
        return answer
    }
}

extension HTTPFields {
    /// Whether `Accept-Encoding` names gzip, and not to refuse it.
    var acceptsGzip: Bool {
        self[values: .acceptEncoding].flatMap { $0.split(separator: ",") }.contains { coding in
            let parts = coding.lowercased().split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            return parts.first == "gzip"
                && !parts.dropFirst().contains { $0.hasPrefix("q=0") && Double($0.dropFirst(2)) == 0 }
        }
    }
}
