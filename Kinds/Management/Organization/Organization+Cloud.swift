// SPDX-License-Identifier: Apache-2.0

import OpenStack
import Reconciling
import Resources

/// What the Organization kind needs of the world.
struct OrganizationCloud: Sendable {
    /// One organization at one site.
    struct Place: Hashable, Sendable {
        var site: String
        var organization: String
    }

    /// Makes the access known to all other kinds.
    var register: @Sendable (Place, SiteAccess.Level, Cloud?) throws -> Void
    var forget: @Sendable (Place) -> Void
    var domainID: @Sendable (Place) async throws -> String
    /// The id of the user of that name in the domain.
    var findUser: @Sendable (Place, _ name: String) async throws -> String?
    var createUser: @Sendable (Place, Keystone.NewUser) async throws -> String
    var setPassword: @Sendable (Place, _ user: String, Secret) async throws -> Void
    var deleteUser: @Sendable (Place, _ user: String) async throws -> Void

    static func live(_ clouds: CloudDirectory) -> OrganizationCloud {
        @Sendable func domain(_ place: Place) throws -> CloudDomain {
            try clouds.domain(site: place.site, organization: place.organization)
        }
        return OrganizationCloud(
            register: { try clouds.register(site: $0.site, organization: $0.organization, $1, cloud: $2) },
            forget: { clouds.removeAccess(site: $0.site, organization: $0.organization) },
            domainID: { try await domain($0).id },
            findUser: { place, name in
                let domain = try domain(place)
                return try await domain.keystone.users(["name": name, "domain_id": domain.id]).first?.id
            },
            createUser: { try await domain($0).keystone.createUser($1).id },
            setPassword: { try await domain($0).keystone.setPassword($2, ofUser: $1) },
            deleteUser: { try await domain($0).deleteUser($1) })
    }
}

extension CloudDomain {
    fileprivate func deleteUser(_ id: String) async throws {
        do {
            try await keystone.deleteUser(id)
        } catch let error as OpenStackError where error.code == .notFound {
            // Gone is what was asked for.
        } catch let error as OpenStackError where error.code == .forbidden {
            // What a domain manager gets for one that is not there, as after a first try whose answer was lost.
            guard try await keystone.users(["domain_id": self.id]).contains(where: { $0.id == id }) else {
                throw Missing([id])
            }
            throw error
        }
    }
}
