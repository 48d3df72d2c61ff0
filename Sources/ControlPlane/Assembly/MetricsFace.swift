// SPDX-License-Identifier: Apache-2.0

import Access
import HTTPTypes
import Login
import Observing
import Resources
import Serving

/// Answers `/metrics` for those who may read it, and hands everything else on.
struct MetricsFace: RequestHandler {
    let metrics: PrometheusMetrics
    let authenticator: any Authenticator
    let authorizer: any Authorizer
    let next: any RequestHandler

    func respond(to request: Request) async -> Response {
        guard request.path == "/metrics" else { return await next.respond(to: request) }
        guard await mayRead(request) else {
            let words = "reading /metrics needs the right to get that path; ask the provider's administrator\n"
            return Response(status: .forbidden, headers: Self.text, body: .bytes(Array(words.utf8)))
        }
        return Response(status: .ok, headers: Self.text, body: .bytes(Array(metrics.text.utf8)))
    }

    private static let text: HTTPFields = [.contentType: "text/plain; version=0.0.4; charset=utf-8"]

    private func mayRead(_ request: Request) async -> Bool {
        let header = request.headers[.authorization] ?? ""
        let token = header.lowercased().hasPrefix("bearer ") ? String(header.dropFirst(7)) : nil
        let credentials = Credentials(bearerToken: token, certificate: request.peerCertificate)
        guard let user = try? await authenticator.authenticate(credentials) else { return false }
        let question = AccessRequest(user: user, organizations: .root, verb: "get", target: .path("/metrics"))
        return await authorizer.decide(question).isAllowed
    }
}
