// SPDX-License-Identifier: Apache-2.0

import OpenStack

extension ContractCheck {
    static let management = [
        ContractCheck("a domain manager makes a project and a user that works in it", managerMakesWorkingCredential),
        ContractCheck("a project of a taken name is 409", projectConflict409),
        ContractCheck("a domain manager does not grant admin", grantingAdminIs403),
        ContractCheck("a deleted project is 403 by id and absent from the list", deletedProjectIs403),
    ]

    private static func managerMakesWorkingCredential(_ site: ContractSite) async throws {
        try await Management.use(site) { desk in
            let project = try await desk.project()
            let (user, password) = try await desk.user()
            let role = try await desk.role("member")
            try await desk.keystone.grant(role: role, toUser: user.id, inProject: project.id)
            // A grant is a state: twice is once.
            try await desk.keystone.grant(role: role, toUser: user.id, inProject: project.id)
            let session = site.login(.id(user.id), password, .project(id: project.id))
            let token = try await session.token()
            try require(token.project?.id == project.id, "the token is for the project")
            let limits = try await Nova(session).limits()
            try require(limits.instancesUsed == 0, "it works, and the project is empty")
            let assignments = try await desk.keystone.roleAssignments(["scope.project.id": project.id])
            try require(assignments.contains { $0.user?.id == user.id && $0.role.id == role }, "the grant is listed")
            try await desk.keystone.revoke(role: role, fromUser: user.id, inProject: project.id)
            _ = try await site.refusal("revoking twice", .notFound, status: 404) {
                try await desk.keystone.revoke(role: role, fromUser: user.id, inProject: project.id)
            }
        }
    }

    private static func projectConflict409(_ site: ContractSite) async throws {
        try await Management.use(site) { desk in
            let project = try await desk.project()
            try require(project.tags == [desk.bench.mark], "the mark is in its tags")
            let found = try await desk.keystone.projects(["tags": desk.bench.mark])
            try require(found.map(\.id) == [project.id], "it is found by its mark")
            _ = try await site.refusal("the same project", .conflict, status: 409) {
                try await desk.keystone.createProject(.init(name: project.name, domainID: project.domainID))
            }
        }
    }

    private static func grantingAdminIs403(_ site: ContractSite) async throws {
        try await Management.use(site) { desk in
            let project = try await desk.project()
            let (user, _) = try await desk.user()
            let role = try await desk.role("admin")
            _ = try await site.refusal("granting admin", .forbidden, status: 403) {
                try await desk.keystone.grant(role: role, toUser: user.id, inProject: project.id)
            }
        }
    }

    private static func deletedProjectIs403(_ site: ContractSite) async throws {
        try await Management.use(site) { desk in
            let project = try await desk.project()
            try await desk.keystone.deleteProject(project.id)
            _ = try await site.refusal("a deleted project", .forbidden, status: 403) {
                try await desk.keystone.project(project.id)
            }
            let found = try await desk.keystone.projects(["name": project.name])
            try require(found.isEmpty, "it is listed no longer")
        }
    }
}

/// A workbench at a domain.
private struct Management {
    let bench: Workbench
    let keystone: Keystone
    let domainID: String

    static func use(_ site: ContractSite, _ body: (Management) async throws -> Void) async throws {
        let domain = try require(site.domain, "the site has a domain manager")
        let id = try await domain.id
        try await Workbench.use(site) { bench in
            try await body(Management(bench: bench, keystone: domain.keystone, domainID: id))
        }
    }

    func project() async throws -> Keystone.Project {
        let project = try await keystone.createProject(
            .init(name: bench.mark, domainID: domainID, description: "contract", tags: [bench.mark]))
        bench.after { [keystone, bench] in
            // A project that is gone answers 403 to a domain manager.
            let left = try await keystone.projects(["name": bench.mark])
            for project in left { try await keystone.deleteProject(project.id) }
        }
        return project
    }

    func user() async throws -> (Keystone.User, Secret) {
        let password = Secret("contract-\(UInt64.random(in: 0 ... .max))-Aa")
        let user = try await keystone.createUser(
            .init(name: bench.mark, domainID: domainID, password: password, description: "contract"))
        bench.after { [keystone] in try await keystone.deleteUser(user.id) }
        return (user, password)
    }

    func role(_ name: String) async throws -> String {
        try require(try await keystone.roles(["name": name]).first?.id, "there is a role \(name)")
    }
}
