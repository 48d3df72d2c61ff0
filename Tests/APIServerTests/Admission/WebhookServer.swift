// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import Serving
import Synchronization

@testable import APIServer

/// A webhook over HTTPS in this process, with a certificate for `localhost` and 127.0.0.1.
final class WebhookServer: RequestHandler {
    /// What it answers to the request of a review; the body whole.
    typealias Script = @Sendable (_ request: JSON) async -> Response

    private let script: Script
    private let heard = Mutex<[(request: JSON, headers: [String: String])]>([])

    private init(_ script: @escaping Script) { self.script = script }

    /// The requests that came, in order.
    var requests: [JSON] { heard.withLock { $0.map(\.request) } }
    /// The headers that came with them, in small letters.
    var headers: [[String: String]] { heard.withLock { $0.map(\.headers) } }

    /// Runs one around a test; the body gets it and its URL.
    static func run(
        _ script: @escaping Script, _ body: @Sendable (WebhookServer, _ url: String) async throws -> Void
    ) async throws {
        let server = WebhookServer(script)
        let tls = ListenerSettings.TLS(certificates: TestCertificate.pem, privateKey: TestCertificate.privateKey)
        let listener = Listener(ListenerSettings(tls: tls), handler: server)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            let port = try await listener.boundPort()
            try await body(server, "https://localhost:\(port)/review")
            group.cancelAll()
        }
    }

    func respond(to request: Request) async -> Response {
        let bytes = (try? await request.body.collect(1 << 22)) ?? []
        let review = (try? JSON(parsing: bytes)) ?? .null
        let headers = Dictionary(
            request.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { first, _ in first })
        heard.withLock { $0.append((review["request"] ?? .null, headers)) }
        return await script(review["request"] ?? .null)
    }

    // MARK: Answers

    /// A good answer: the members of its response beside the uid.
    static func answer(_ request: JSON, _ members: JSON) -> Response {
        var response = members
        response["uid"] = request["uid"]
        return .json(["apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response])
    }

    static let allow: Script = { answer($0, ["allowed": true]) }

    static func deny(_ status: JSON) -> Script { { answer($0, ["allowed": false, "status": status]) } }

    static func patch(_ operations: JSON) -> Script {
        { answer($0, ["allowed": true, "patchType": "JSONPatch", "patch": .string(base64(operations.text))]) }
    }

    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
