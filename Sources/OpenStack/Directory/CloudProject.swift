// SPDX-License-Identifier: Apache-2.0

/// The typed services of one site, in the scope of one Keystone project.
package struct CloudProject: Sendable {
    package let session: Session
    /// How long a creation whose answer was lost may still appear.
    package let settle: Duration

    package init(_ session: Session, settle: Duration = .seconds(60)) {
        self.session = session
        self.settle = settle
    }

    package var site: String { session.site.name }
    package var keystone: Keystone { Keystone(session) }
    package var nova: Nova { Nova(session) }
    package var neutron: Neutron { Neutron(session) }
    package var glance: Glance { Glance(session) }
    package var cinder: Cinder { Cinder(session) }

    /// Keystone's id of the project, as the token says it.
    package var id: String {
        get async throws {
            guard let project = try await session.token().project else {
                throw OpenStackError(
                    .badCall, operation: "find project", said: "the credential is scoped to no project")
            }
            return project.id
        }
    }
}

/// The domain of one site that we manage: its projects, users and grants.
package struct CloudDomain: Sendable {
    package let session: Session

    package init(_ session: Session) { self.session = session }

    package var site: String { session.site.name }
    package var keystone: Keystone { Keystone(session) }

    /// Keystone's id of the domain, as the token says it.
    package var id: String {
        get async throws {
            guard let domain = try await session.token().domain else {
                throw OpenStackError(.badCall, operation: "find domain", said: "the credential is scoped to no domain")
            }
            return domain.id
        }
    }
}
