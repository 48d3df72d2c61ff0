// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// What other programs need to check the tokens of service accounts by themselves.
///
/// https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery
package struct IssuerDocuments: Sendable {
    private let tokens: ServiceAccountTokens

    package init(_ tokens: ServiceAccountTokens) { self.tokens = tokens }

    /// `/.well-known/openid-configuration` below an organization's path; the root's for an empty name.
    package func configuration(of organization: String) -> JSON {
        let issuer = tokens.issuer(of: organization)
        return [
            "issuer": .string(issuer), "jwks_uri": .string("\(issuer)/openid/v1/jwks"),
            "response_types_supported": ["id_token"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
        ]
    }

    /// `/openid/v1/jwks`: every key whose tokens may be alive.
    package var keys: JSON { ["keys": .array(tokens.publicKeys)] }
}
