// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Login
import Resources
import Schemas

/// Asks whose token it is that somebody showed.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/
enum TokenReview {
    /// `tokens` are those whose tokens are known; of others nobody here knows whose they are.
    static func kind(tokens: [any TokenAuthenticator]) -> Kind {
        var kind = Reviews.kind("TokenReview", group: Reviews.authenticationGroup, spec: spec, status: status) {
            request in
            guard let token = request.object.spec?["token"]?.string, !token.isEmpty else {
                throw Reviews.refusal(request.object, "spec.token", "must be given")
            }
            let audiences = request.object.spec?["audiences"]?.array?.compactMap(\.string) ?? []
            return await answer(
                token, organization: request.object.organization, audiences: audiences, tokens: tokens)
        }
        kind.secretFields = [".spec.token"]
        return kind
    }

    private static func answer(
        _ token: String, organization: String, audiences: [String], tokens: [any TokenAuthenticator]
    ) async -> JSON {
        do {
            for issuer in tokens {
                let owner = try await issuer.review(token: token, organization: organization, audiences: audiences)
                guard let owner else { continue }
                return [
                    "authenticated": true, "user": Reviews.tree(owner.user),
                    "audiences": .array(owner.audiences.map(JSON.string)),
                ]
            }
            return ["authenticated": false, "error": "the token is of no issuer that is known here"]
        } catch {
            return ["authenticated": false, "error": .string((error as? APIError)?.message ?? "the token is not good")]
        }
    }
}
