// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Login
import Resources
import Schemas

/// Asks whose token it is that somebody showed.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/
enum TokenReview {
    /// `tokens` knows the tokens of service accounts; others are nobody's here.
    static func kind(tokens: ServiceAccountTokens) -> Kind {
        var kind = Reviews.kind("TokenReview", group: Reviews.authenticationGroup, spec: spec, status: status) {
            request in
            guard let token = request.object.spec?["token"]?.string, !token.isEmpty else {
                throw Reviews.refusal(request.object, "spec.token", "must be given")
            }
            let audiences = request.object.spec?["audiences"]?.array?.compactMap(\.string) ?? []
            return await answer(
                token, organization: request.object.organization,
                audiences: audiences.isEmpty ? [tokens.issuer] : audiences,
                tokens: tokens)
        }
        kind.secretFields = [".spec.token"]
        return kind
    }

    private static func answer(
        _ token: String, organization: String, audiences: [String], tokens: ServiceAccountTokens
    ) async -> JSON {
        do {
            let review = try await tokens.review(token: token, organization: organization, audiences: audiences)
            guard let review else {
                return ["authenticated": false, "error": "the token is of no issuer that is known here"]
            }
            return [
                "authenticated": true, "user": Reviews.tree(review.user),
                "audiences": .array(review.audiences.map(JSON.string)),
            ]
        } catch {
            return ["authenticated": false, "error": .string((error as? APIError)?.message ?? "the token is not good")]
        }
    }
}
