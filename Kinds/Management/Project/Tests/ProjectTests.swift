// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import Reconciling
import ReconcilingTesting
import Resources
import SiteKinds
import Testing

@testable import ManagementKinds
@testable import OpenStack

/// What the shared scenarios at a simulated site do not show: bound projects, sites that are away, what is left in one.
@Suite("Project", .timeLimit(.minutes(1)))
struct ProjectTests {
    struct World: Sendable {
        var projects: [Keystone.Project] = []
        var granted: Set<String> = []
        var known: [String: String] = [:]
        var leftovers: [String] = []
        var isAway = false
    }

    static let key = ObjectKey(organization: "acme", name: "web")
    static let roles = ["creator", "member"].map { Keystone.Role(id: $0, name: $0) }

    let world = Recorder(World())

    func bench(
        access: String = "domain", bound: String? = nil, spec: JSON? = nil
    ) async throws
        -> Bench<ProjectReconciler>
    {
        let server = Bench(SiteReconciler(cloud: .live(CloudDirectory()))).server
        let bench = Bench(ProjectReconciler(cloud: cloud, client: server), server: server)
        let password = try await bench.put(secret("service-user-acme-stuttgart", ["password": "p"]), .secret)
        var use: JSON = ["name": "stuttgart", "access": .string(access)]
        use["project"] = bound.map(JSON.string)
        var organization = object(.organization, "acme", spec: ["sites": [use]])
        organization.status = [
            "sites": [
                [
                    "name": "stuttgart", "ready": true, "serviceUserID": "u1",
                    "passwordFrom": .string(password.metadata.uid ?? ""),
                ]
            ]
        ]
        try await bench.put(organization, .organization)
        var project = object(.project, "web", in: "acme", spec: spec)
        project.metadata.annotations = ["\(SiteNeed.prefix)stuttgart": "needed"]
        try await bench.put(project)
        return bench
    }

    private var cloud: ProjectCloud {
        ProjectCloud(
            boundID: { _ in
                if world.now.isAway { throw unreachable }
                return "bound"
            },
            find: { _, name in
                if world.now.isAway { throw unreachable }
                return world.now.projects.first { $0.name == name }
            },
            show: { _, id in world.now.projects.first { $0.id == id } },
            create: { _, new in
                world.change {
                    let project = Keystone.Project(
                        id: "k\($0.projects.count + 1)", name: new.name, description: new.description, tags: new.tags)
                    $0.projects.append(project)
                    return project
                }
            },
            describe: { _, id, text in
                world.change { world in
                    for index in world.projects.indices where world.projects[index].id == id {
                        world.projects[index].description = text
                    }
                }
            },
            delete: { _, id in world.change { $0.projects.removeAll { $0.id == id } } },
            missingRoles: { _, _, _ in Self.roles.filter { !world.now.granted.contains($0.id) } },
            grant: { _, role, _, _ in world.change { _ = $0.granted.insert(role) } },
            register: { place, id, _ in world.change { $0.known[place.site] = id } },
            forget: { place in world.change { $0.known[place.site] = nil } },
            leftovers: { _, _ in world.now.leftovers })
    }

    private func entry(_ bench: Bench<ProjectReconciler>) async throws -> JSON? {
        try await bench.object(Self.key)?.status?["sites"]?.array?.first
    }

    /// The namespace's own controller empties it and lets it go.
    private func empty(_ bench: Bench<ProjectReconciler>) async throws {
        #expect(try await bench.server.find(.namespace, Self.key) == nil)
    }

    @Test("creates: the bound project is used as it is, and nothing is made there")
    func bound() async throws {
        let bench = try await bench(access: "project", bound: "web")
        try await bench.settlesAndThenDoesNothing(Self.key)
        #expect(try await entry(bench)?["id"] == "bound")
        #expect(try await entry(bench)?["ready"] == true)
        let namespace = try #require(try await bench.server.find(.namespace, Self.key))
        #expect(namespace.metadata.ownerReferences.map(\.name) == ["web"])
        #expect(world.now.projects.isEmpty)
        let project = try #require(try await bench.object(Self.key))
        #expect(SiteNeed.id(of: project, at: "stuttgart") == "bound")
    }

    @Test("creates with everything: a project in the domain, granted and known; plan equals calls; then does nothing")
    func domain() async throws {
        let bench = try await bench(spec: ["description": "the shop"])
        try await bench.settlesAndThenDoesNothing(Self.key)
        let uid = try #require(try await bench.object(Self.key)?.metadata.uid)
        let made = try #require(world.now.projects.first)
        #expect(made.name == "acme-web-\(uid.prefix(8))")
        #expect(made.description == "scs:\(uid) the shop")
        #expect(made.tags == ["scs:\(uid)"])
        #expect(world.now.granted == ["creator", "member"])
        #expect(world.now.known == ["stuttgart": "k1"])
        #expect(try await entry(bench)?["ready"] == true)
    }

    @Test(
        "rejects what cannot be, at that site only",
        arguments: [
            ("project", "shop", nil, "is for project \"shop\" only"),
            ("domain", nil, ["sites": ["dresden"]], "does not name site"),
        ] as [(String, String?, JSON?, String)])
    func rejects(access: String, bound: String?, spec: JSON?, words: String) async throws {
        let bench = try await bench(access: access, bound: bound, spec: spec)
        try await bench.rest(Self.key)
        #expect(try await entry(bench)?["ready"] == false)
        #expect(try await entry(bench)?["message"]?.string?.contains(words) == true)
        #expect(try await bench.object(Self.key)?.isReady == true)
        #expect(world.now.projects.isEmpty)
    }

    @Test("what was ready stays ready, and known, while the site is away", arguments: ["domain", "project"])
    func away(access: String) async throws {
        let bench = try await bench(access: access, bound: access == "project" ? "web" : nil)
        try await bench.rest(Self.key)
        world.change {
            $0.isAway = true
            $0.known = [:]
        }
        try await bench.runPass(Self.key)
        #expect(try await entry(bench)?["ready"] == true)
        #expect(try await bench.object(Self.key)?.isReady == true)
        if access == "domain" { #expect(world.now.known == ["stuttgart": "k1"]) }
    }

    @Test("deletes: first the namespace, then each project once it is empty")
    func deletes() async throws {
        let bench = try await bench()
        try await bench.rest(Self.key)
        world.change { $0.leftovers = ["server \"web\""] }
        try await bench.delete(Self.key)
        #expect(try await bench.server.find(.namespace, Self.key) == nil)
        let ready = try await bench.object(Self.key)?.condition("Ready")
        #expect(ready?.reason == "NotEmpty")
        #expect(ready?.message.contains("server \"web\"") == true)
        #expect(world.now.projects.count == 1)
        world.change { $0.leftovers = [] }
        try await bench.rest(Self.key)
        #expect(try await bench.object(Self.key) == nil)
        #expect(world.now.projects.isEmpty)
        #expect(world.now.known.isEmpty)
    }

    @Test("deletes when already gone, and leaves a bound project alone")
    func deletesBound() async throws {
        let bench = try await bench(access: "project", bound: "web")
        try await bench.rest(Self.key)
        try await bench.server.delete(.namespace, Self.key, DeleteOptions())
        world.change { $0.isAway = true }
        try await bench.delete(Self.key)
        #expect(try await bench.object(Self.key) == nil)
    }

    @Test(
        "has a name that a namespace can have",
        arguments: [("web", true), ("default", false), ("kube-x", false), ("a.b", false)])
    func name(text: String, isGood: Bool) {
        #expect(Project.issues(object(.project, text), nil).isEmpty == isGood)
    }
}
