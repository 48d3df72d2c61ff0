// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import OpenStack
import Reconciling
import ReconcilingTesting
import Resources
import SiteKinds
import Testing

@testable import ManagementKinds

@Suite("Organization", .timeLimit(.minutes(1)))
struct OrganizationTests {
    struct World: Sendable {
        var levels: [String: SiteAccess.Level] = [:]
        /// By name; the value is the password.
        var users: [String: String] = [:]
        var losesNextCreation = false
        var isAway = false
        var calls: [String] = []

        func check() throws { if isAway { throw unreachable } }
    }

    static let key = ObjectKey(organization: "", name: "acme")
    static let inDomain: JSON = ["sites": [["name": "stuttgart", "access": "domain"]]]
    static let inProject: JSON = ["sites": [["name": "stuttgart", "access": "project", "project": "web"]]]
    static let password = CredentialSecret.key("service-user-acme-stuttgart")

    let world = Recorder(World())

    func bench(_ spec: JSON) async throws -> Bench<OrganizationReconciler> {
        let cloud = OrganizationCloud(
            register: { place, level, _ in world.change { $0.levels["\(place.organization)/\(place.site)"] = level } },
            forget: { place in world.change { $0.levels["\(place.organization)/\(place.site)"] = nil } },
            domainID: { _ in
                try world.change {
                    try $0.check()
                    return "d1"
                }
            },
            findUser: { _, name in world.now.users[name].map { _ in name } },
            createUser: { _, user in
                try world.change {
                    $0.calls.append("create")
                    $0.users[user.name] = user.password.text
                    if $0.losesNextCreation {
                        $0.losesNextCreation = false
                        throw OpenStackError(
                            .lost, Call("create user", .identity, .post, "/users"), said: "the answer was lost")
                    }
                    return user.name
                }
            },
            setPassword: { _, user, secret in
                world.change {
                    $0.calls.append("reset")
                    $0.users[user] = secret.text
                }
            },
            deleteUser: { _, user in world.change { $0.users[user] = nil } })
        let server = Bench(SiteReconciler(cloud: .live(CloudDirectory()))).server
        let bench = Bench(
            OrganizationReconciler(
                cloud: cloud, client: server,
                contents: OrganizationContents(client: server, types: { _ in [.namespace, .secret] })), server: server)
        try await bench.put(object(.organization, "acme", spec: spec))
        return bench
    }

    private func kept(_ bench: Bench<OrganizationReconciler>) async throws -> String? {
        try await bench.server.find(.secret, Self.password)?.secretText("password")
    }

    @Test("its accesses stay known while it is being deleted and projects still use them, over a restart too")
    func stays() async throws {
        let bench = try await bench(Self.inProject)
        let organization = try #require(try await bench.object(Self.key))
        try await bench.reconciler.stay(PassInput(object: organization, now: 0))
        #expect(world.now.levels.keys.sorted() == ["acme/stuttgart"])
        #expect(world.now.calls.isEmpty)
    }

    @Test("creates: an access of level project is known for its one project, and nothing is made")
    func project() async throws {
        let bench = try await bench(Self.inProject)
        try await bench.settlesAndThenDoesNothing(Self.key)
        let name = ProjectName(organization: "acme", project: "web")
        #expect(world.now.levels == ["acme/stuttgart": .project(name)])
        #expect(world.now.calls.isEmpty)
    }

    @Test("creates with everything: a service user whose password is kept; plan equals calls; then does nothing")
    func domain() async throws {
        let bench = try await bench(Self.inDomain)
        try await bench.planEqualsCalls(Self.key)
        try await bench.settlesAndThenDoesNothing(Self.key)
        let password = try #require(try await kept(bench))
        #expect(Array(world.now.users.values) == [password])
        #expect(world.now.calls == ["create"])
        let entry = try await bench.object(Self.key)?.status?["sites"]?.array?.first
        #expect(entry?["ready"] == true)
        #expect(entry?["domainID"] == "d1")
        #expect(entry?.text.contains(password) == false)
    }

    @Test("adopts after a lost answer, and then sets the kept password")
    func lostAnswer() async throws {
        let bench = try await bench(Self.inDomain)
        world.change { $0.losesNextCreation = true }
        try await bench.adoptsAfterALostAnswer(Self.key)
        #expect(world.now.calls == ["create", "reset"])
        #expect(world.now.users.count == 1)
        #expect(try await world.now.users.values.first == kept(bench))
    }

    @Test("gives the user a new password when the kept one is gone")
    func newPassword() async throws {
        let bench = try await bench(Self.inDomain)
        try await bench.rest(Self.key)
        let old = try await kept(bench)
        try await bench.server.delete(.secret, Self.password, DeleteOptions())
        try await bench.rest(Self.key)
        let new = try await kept(bench)
        #expect(new != old)
        #expect(world.now.users.values.first == new)
        #expect(world.now.calls == ["create", "reset"])
    }

    @Test("a site that is away does not keep what is known from being known")
    func away() async throws {
        let bench = try await bench(Self.inDomain)
        try await bench.rest(Self.key)
        world.change { $0.isAway = true }
        try await bench.runPass(Self.key)
        let organization = try #require(try await bench.object(Self.key))
        #expect(organization.condition("Ready")?.reason == "Progressing")
        let entry = organization.status?["sites"]?.array?.first
        #expect(entry?["serviceUserID"]?.string != nil)
        #expect(entry?["message"]?.string?.contains("no route") == true)
    }

    @Test("the site's own project serves one organization: the one that was there first")
    func shared() async throws {
        let bench = try await bench(Self.inProject)
        try await bench.put(object(.organization, "zeta", spec: Self.inProject))
        let zeta = ObjectKey(organization: "", name: "zeta")
        try await bench.rest(zeta)
        try await bench.rest(Self.key)
        #expect(try await bench.object(zeta)?.condition("Ready")?.reason == "CredentialShared")
        #expect(try await bench.object(Self.key)?.isReady == true)
        #expect(world.now.levels.keys.sorted() == ["acme/stuttgart"])
    }

    @Test("updates what can change: a site that leaves the spec loses its user and password")
    func leaves() async throws {
        let bench = try await bench(Self.inDomain)
        try await bench.rest(Self.key)
        _ = try await bench.server.patch(
            .organization, Self.key, .merge(["spec": ["sites": []]]), WriteOptions())
        try await bench.rest(Self.key)
        #expect(world.now.users.isEmpty)
        #expect(try await kept(bench) == nil)
        #expect(world.now.levels.isEmpty)
        #expect(try await bench.object(Self.key)?.status?["sites"]?.array?.isEmpty == true)
    }

    @Test("deletes: nothing of it is left")
    func deletes() async throws {
        let bench = try await bench(Self.inDomain)
        try await bench.rest(Self.key)
        for organization in ["acme", "other"] {
            try await bench.put(object(.namespace, "default", in: organization), .namespace)
        }
        try await bench.delete(Self.key)
        let left = try await bench.server.listAll(.namespace, ListQuery(.everywhere)).items
        #expect(left.map(\.organization) == ["other"])
        #expect(try await bench.object(Self.key) == nil)
        #expect(world.now.users.isEmpty)
        #expect(try await kept(bench) == nil)
        #expect(world.now.levels.isEmpty)
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var name = "acme"
        var sites: JSON = []
        var paths: [String]
    }

    static let cases = [
        Case(testDescription: "good", sites: inDomain["sites"] ?? [], paths: []),
        Case(testDescription: "too long", name: String(repeating: "a", count: 41), paths: ["metadata.name"]),
        Case(testDescription: "reserved", name: "system", paths: ["metadata.name"]),
        Case(testDescription: "no label", name: "a.b", paths: ["metadata.name"]),
        Case(
            testDescription: "no project", sites: [["name": "s", "access": "project"]],
            paths: ["spec.sites[0].project"]),
        Case(
            testDescription: "a project too much", sites: [["name": "s", "access": "domain", "project": "p"]],
            paths: ["spec.sites[0].project"]),
        Case(
            testDescription: "twice", sites: [["name": "s", "access": "domain"], ["name": "s", "access": "domain"]],
            paths: ["spec.sites[1].name"]),
    ]

    @Test("rejects what cannot be", arguments: cases)
    func issues(_ given: Case) {
        let new = object(.organization, given.name, spec: ["sites": given.sites])
        #expect(Organization.issues(new, nil).map(\.path) == given.paths)
    }
}
