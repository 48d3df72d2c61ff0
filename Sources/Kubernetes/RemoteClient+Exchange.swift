// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import RESTClient
import Resources

// MARK: - One request and its answer

extension RemoteClient {
    func request(
        _ method: HTTPRequest.Method, _ path: String, _ terms: [(String, String?)] = [], body: JSON? = nil,
        as contentType: String = "application/json"
    ) -> RESTRequest {
        let query = terms.compactMap { name, value in value.map { "\(name)=\($0.percentEncoded)" } }
        let url = server + path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        var headers: HTTPFields = [.accept: "application/json", .userAgent: "scs"]
        if let token { headers[.authorization] = "Bearer \(token)" }
        if body != nil { headers[.contentType] = contentType }
        return RESTRequest(method, url, headers: headers, body: body?.bytes ?? [], deadline: deadline)
    }

    /// The body's tree; throws the server's own no.
    func send(_ request: RESTRequest) async throws -> JSON {
        let response: RESTResponse
        do { response = try await transport.send(request) } catch let error as RESTError { throw APIError(error) }
        guard (200..<300).contains(response.status) else { throw APIError(answer: response) }
        do throws(JSONError) {
            return try JSON(parsing: response.body, limits: .stored)
        } catch {
            throw APIError(.internalError, "the server's answer is not JSON: \(error)", underlying: error)
        }
    }

    /// The chunks of an answer without an end; throws the server's own no.
    func stream(_ request: RESTRequest) async throws -> RESTChunks {
        do {
            let (head, chunks) = try await transport.stream(request)
            guard !(200..<300).contains(head.status) else { return chunks }
            throw APIError(answer: try await head.with(body: chunks))
        } catch let error as RESTError {
            throw APIError(error)
        }
    }
}

extension RESTResponse {
    /// The answer with what of the body fits into 64 KiB: enough for a `Status`.
    fileprivate func with(body chunks: RESTChunks) async throws -> RESTResponse {
        var response = self
        for try await chunk in chunks {
            response.body += chunk
            if response.body.count > 64 << 10 { break }
        }
        return response
    }
}

extension APIError {
    /// The `Status` that the server answered, or what the code alone says: something between may have answered.
    init(answer: RESTResponse) {
        if let tree = try? JSON(parsing: answer.body), let error = APIError(tree: tree) {
            self = error
            return
        }
        let retryAfter = answer.headers[.retryAfter].flatMap { Int($0) }
        self.init(
            Reason(httpStatus: answer.status), "the server answered \(answer.status) without saying why",
            details: Details(retryAfterSeconds: retryAfter))
    }

    /// No answer: after `lost` the request may have taken effect.
    init(_ error: RESTError) {
        switch error.code {
        case .lost: self.init(.timeout, error.message, underlying: error)
        case .notSent, .circuitOpen: self.init(.serviceUnavailable, error.message, underlying: error)
        case .tooLarge: self.init(.internalError, error.message, underlying: error)
        }
    }
}

extension APIError.Reason {
    /// The reason that upstream's clients assume for a bare status code.
    fileprivate init(httpStatus: Int) {
        let known: [APIError.Reason] = [
            .badRequest, .unauthorized, .forbidden, .notFound, .methodNotAllowed, .notAcceptable, .conflict, .gone,
            .requestEntityTooLarge, .unsupportedMediaType, .invalid, .tooManyRequests, .internalError,
            .serviceUnavailable, .timeout,
        ]
        self = known.first { $0.code == httpStatus } ?? APIError.Reason("Unknown", code: httpStatus)
    }
}

extension HTTPField.Name {
    fileprivate static let retryAfter = HTTPField.Name("Retry-After") ?? .date
}
