// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import RESTClient
package import Resources

/// What Keystone gave us: the token itself, whose it is, and where the services are.
package struct Token: Hashable, Sendable {
    package struct Named: Codable, Hashable, Sendable {
        package var id: String
        package var name: String?
    }

    package let secret: Secret
    /// From its issue to its expiry, on the site's own clock.
    package let lifetime: Duration
    /// By the site's clock.
    package let issued: Timestamp
    package let user: Named
    package let project: Named?
    package let domain: Named?
    package let roles: [Named]
    package let catalog: Catalog
}

extension Token {
    private struct Body: Decodable {
        struct Content: Decodable {
            var issued_at: String
            var expires_at: String
            var user: Named
            var project: Named?
            var domain: Named?
            var roles: [Named]?
            var catalog: [Catalog.Service]?
        }

        var token: Content
    }

    /// Reads the answer to `POST /v3/auth/tokens`; nil when it is not one.
    init?(_ answer: RESTResponse) {
        guard let name = HTTPField.Name("X-Subject-Token"), let secret = answer.headers[name],
            let body = try? JSON(parsing: answer.body).decode(Body.self).token,
            let issued = Timestamp(body.issued_at), let expires = Timestamp(body.expires_at)
        else { return nil }
        self.secret = Secret(secret)
        self.issued = issued
        lifetime = max(.zero, expires.since(issued))
        user = body.user
        project = body.project
        domain = body.domain
        roles = body.roles ?? []
        catalog = Catalog(services: body.catalog ?? [])
    }
}
