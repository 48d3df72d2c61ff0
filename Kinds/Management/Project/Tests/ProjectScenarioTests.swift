// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import OpenStack
import OpenStackSimulator
import Reconciling
import ReconcilingTesting
import Resources
import Schemas
import SiteKindContract
import SiteKinds
import TestTime
import Testing

@testable import ManagementKinds

@Suite("Project in a domain of a simulated site", .timeLimit(.minutes(3)))
struct ProjectScenarioTests {
    typealias World = SiteWorld<ProjectReconciler>

    static let kind = SiteKind(
        Project.kind, thing: "project", plain: ["displayName": "Web"],
        everything: ["displayName": "Web", "description": "the shop", "sites": ["stuttgart"]],
        update: ["description": "the bar"], refusals: [:],
        reconciler: { ProjectReconciler(cloud: .live($0), client: $1) },
        hasEverything: { world in
            let (project, roles) = try await found(world)
            return project.description?.hasSuffix(" the shop") == true && project.tags?.count == 1
                && roles == ["creator", "load-balancer_member", "member"]
        },
        isUpdated: { try await found($0).0.description?.hasSuffix(" the bar") == true },
        foreign: { world in
            let domain = try domain(world)
            let new = Keystone.NewProject(name: "Legacy", domainID: try await domain.id, description: "theirs")
            return try await domain.keystone.createProject(new).id
        },
        remove: { try await domain($0).keystone.deleteProject($1) }
    ).with {
        $0.access = .domain
        $0.key = ObjectKey(organization: "acme", name: "demo")
        $0.prepare = prepare
        $0.isMadeOnDemand = true
        // Its namespace.
        $0.objectSteps = 1
        $0.rejections = ["NotOffered": ["sites": ["ulm"]]]
        $0.otherThanForeign = ["description": "ours"]
        $0.drift = (
            "spec.description",
            { _ = try await domain($0).keystone.updateProject($1, ["description": "theirs"]) }
        )
    }

    static func domain(_ world: World) throws -> CloudDomain {
        try world.clouds.domain(site: "stuttgart", organization: "acme")
    }

    /// The organization at the site, with the service user and its password.
    @Sendable static func prepare(_ world: World) async throws {
        let domain = try domain(world)
        let user = try await domain.keystone.createUser(
            .init(name: "service", domainID: try await domain.id, password: Secret("p")))
        let password = try await world.bench.put(secret("service-user-acme-stuttgart", ["password": "p"]), .secret)
        var organization = object(
            .organization, "acme", spec: ["sites": [["name": "stuttgart", "access": "domain"]]])
        organization.status = [
            "sites": [
                [
                    "name": "stuttgart", "ready": true, "serviceUserID": .string(user.id),
                    "passwordFrom": .string(password.metadata.uid ?? ""),
                ]
            ]
        ]
        try await world.bench.put(organization, .organization)
    }

    /// The project, and the names of the service user's roles in it.
    static func found(_ world: World) async throws -> (Keystone.Project, [String]) {
        let id = SiteNeed.id(of: try await world.object(), at: "stuttgart") ?? ""
        let keystone = try domain(world).keystone
        let project = try #require(try await keystone.projects().first { $0.id == id })
        let roles = try await keystone.roleAssignments(["scope.project.id": id]).map(\.role.id)
        let names = try await keystone.roles().filter { roles.contains($0.id) }.map(\.name)
        return (project, names.sorted())
    }

    @Test("holds the scenario", arguments: SiteScenario.allCases)
    func scenario(_ scenario: SiteScenario) async throws { try await scenario.run(Self.kind) }
}
