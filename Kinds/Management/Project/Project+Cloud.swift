// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling

/// What the Project kind needs of the world.
struct ProjectCloud: Sendable {
    /// One project at one site.
    struct Place: Hashable, Sendable {
        var site: String
        var organization: String
        var project: String
    }

    /// Keystone's id of the project that the organization's credential serves.
    var boundID: @Sendable (Place) async throws -> String
    var find: @Sendable (Place, _ name: String) async throws -> Keystone.Project?
    /// By Keystone's id, looked for among all projects of the domain: a domain manager gets 403 for one that is not there.
    var show: @Sendable (Place, _ id: String) async throws -> Keystone.Project?
    var create: @Sendable (Place, Keystone.NewProject) async throws -> Keystone.Project
    var describe: @Sendable (Place, _ id: String, _ description: String) async throws -> Void
    var delete: @Sendable (Place, _ id: String) async throws -> Void
    /// The roles that the user should have in the project and has not; all of them while there is no project.
    var missingRoles: @Sendable (Place, _ user: String, _ id: String?) async throws -> [Keystone.Role]
    var grant: @Sendable (Place, _ role: String, _ user: String, _ id: String) async throws -> Void
    /// Makes the project's credential known to all other kinds.
    var register: @Sendable (Place, _ id: String, Credential) -> Void
    var forget: @Sendable (Place) -> Void
    /// What is still in the project: `server "web"`.
    var leftovers: @Sendable (Place, _ id: String) async throws -> [String]

    /// The roles that our kinds need, where the site has them.
    static let roles: Set<String> = ["member", "load-balancer_member", "creator"]

    static func live(_ clouds: CloudDirectory) -> ProjectCloud {
        @Sendable func domain(_ place: Place) throws -> CloudDomain {
            try clouds.domain(site: place.site, organization: place.organization)
        }
        @Sendable func project(_ place: Place) throws -> CloudProject {
            try clouds.project(site: place.site, organization: place.organization, project: place.project)
        }
        return ProjectCloud(
            boundID: { try await project($0).id },
            find: { place, name in
                let domain = try domain(place)
                return try await domain.keystone.projects(["name": name, "domain_id": domain.id]).first
            },
            show: { place, id in
                let domain = try domain(place)
                return try await domain.keystone.projects(["domain_id": domain.id]).first { $0.id == id }
            },
            create: { place, project in
                let domain = try domain(place)
                var project = project
                project.domainID = try await domain.id
                return try await domain.keystone.createProject(project)
            },
            describe: { _ = try await domain($0).keystone.updateProject($1, ["description": .string($2)]) },
            delete: { try await domain($0).deleteProject($1) },
            missingRoles: { try await domain($0).missingRoles(of: $1, in: $2) },
            grant: { try await domain($0).keystone.grant(role: $1, toUser: $2, inProject: $3) },
            register: {
                clouds.registerProject(
                    site: $0.site, organization: $0.organization, project: $0.project, keystoneProjectID: $1,
                    credential: $2)
            },
            forget: {
                clouds.removeProject(site: $0.site, organization: $0.organization, project: $0.project)
            },
            leftovers: { try await project($0).leftovers(of: $1) })
    }
}

extension CloudDomain {
    fileprivate func missingRoles(of user: String, in project: String?) async throws -> [Keystone.Role] {
        let roles = try await keystone.roles().filter { ProjectCloud.roles.contains($0.name) }
            .sorted { $0.name < $1.name }
        guard let project else { return roles }
        let given = try await keystone.roleAssignments(["user.id": user, "scope.project.id": project])
        let ids = Set(given.map(\.role.id))
        return roles.filter { !ids.contains($0.id) }
    }

    fileprivate func deleteProject(_ id: String) async throws {
        do {
            try await keystone.deleteProject(id)
        } catch let error as OpenStackError where error.code == .notFound {
            // Gone is what was asked for.
        } catch let error as OpenStackError where error.code == .forbidden {
            // What a domain manager gets for one that is not there, as after a first try whose answer was lost.
            guard try await keystone.projects(["domain_id": self.id]).contains(where: { $0.id == id }) else {
                throw Missing([id])
            }
            throw error
        }
    }
}

extension CloudProject {
    /// What a deletion of the Keystone project would put out of everybody's reach.
    fileprivate func leftovers(of id: String) async throws -> [String] {
        let own: Query = ["project_id": id]
        var left = try await nova.servers().map { "server \"\($0.name ?? $0.id)\"" }
        left += try await cinder.volumes().map { "volume \($0.id)" }
        left += try await neutron.floatingIPs(own).map { "floating IP \($0.id)" }
        left += try await neutron.ports(own).map { "port \($0.id)" }
        left += try await neutron.routers(own).map { "router \"\($0.name)\"" }
        left += try await neutron.networks(own).map { "network \"\($0.name)\"" }
        left += try await neutron.securityGroups(own).filter { $0.name != "default" }
            .map { "security group \"\($0.name)\"" }
        return left
    }
}
