// SPDX-License-Identifier: Apache-2.0

package import Resources

/// What a request shows to prove who sent it.
package struct Credentials: Sendable {
    /// The text behind `Authorization: Bearer `; absent when there is no such header.
    package var bearerToken: String?
    /// The client's certificate in DER; the listener has checked that our CA signed it.
    package var certificate: [UInt8]?
    /// The organization whose path was asked; empty at the provider's root.
    package var organization: String

    package init(bearerToken: String? = nil, certificate: [UInt8]? = nil, organization: String = "") {
        self.bearerToken = bearerToken
        self.certificate = certificate
        self.organization = organization
    }
}

/// Finds out who sent a request.
package protocol Authenticator: Sendable {
    /// The identity, `nil` when nothing was shown (anonymous); throws `APIError.unauthorized` for anything shown that is not good.
    func authenticate(_ credentials: Credentials) async throws -> UserInfo?
}
