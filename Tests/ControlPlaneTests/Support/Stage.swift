// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import OpenStackSimulator
import Testing

/// A server as a child process and a simulated site in this one, where organizations have projects.
struct Stage {
    let site: SimulatedSite
    let server: RunningServer

    /// How the Site is called, after the simulator's region.
    static let siteName = "teststadt"
    /// The namespace of each organization.
    static let project = "shop"
    /// How long the site may take for what it was asked without answering; late successes come well before.
    static let settleSeconds: Int64 = 4

    /// Lets a story happen on a server that knows the site; both end with it.
    static func play(_ story: (Stage) async throws -> Void) async throws {
        let stage = Stage(site: SimulatedSite(), server: RunningServer())
        try await withThrowingTaskGroup(of: Void.self) { group in
            let site = stage.site
            group.addTask { try await site.run() }
            try await stage.server.start()
            try await stage.furnish()
            try await story(stage)
            group.cancelAll()
        }
    }

    /// Kills the server as soon as the calls after the first ones are what is waited for; starts it anew on the same data.
    func killAndRestart(after first: Int, when happens: (ArraySlice<SiteCall>) -> Bool) async throws {
        try await eventually("the moment to kill", every: .milliseconds(1)) { happens(site.calls.dropFirst(first)) }
        try await server.kill9()
        try await server.start()
    }

    private func furnish() async throws {
        let furnisher = Furnisher(admin: try server.admin())
        try await furnisher.make(
            "/api/v1/namespaces/scs-system/secrets",
            [
                "metadata": ["name": .string(Self.siteName)],
                "stringData": ["clouds.yaml": .string(try await site.cloudsFile)],
            ])
        try await furnisher.make(
            "\(Self.management)/sites",
            [
                "apiVersion": Self.version, "kind": "Site", "metadata": ["name": .string(Self.siteName)],
                "spec": ["credentialsRef": Self.credential("demo"), "settleSeconds": .integer(Self.settleSeconds)],
            ])
        try await furnisher.admin.waitUntilReady("\(Self.management)/sites/\(Self.siteName)")
    }

    /// Makes organizations that manage a domain at the site, with a namespace each.
    func open(_ organizations: [String]) async throws {
        let furnisher = Furnisher(admin: try server.admin())
        let access: JSON = [
            "name": .string(Self.siteName), "access": "domain", "credentialsRef": Self.credential("domain-manager"),
        ]
        for organization in organizations {
            try await furnisher.make(
                "\(Self.management)/organizations",
                [
                    "apiVersion": Self.version, "kind": "Organization", "metadata": ["name": .string(organization)],
                    "spec": ["sites": [access]],
                ])
            try await furnisher.namespace(Self.project, in: organization)
        }
    }

    private static func credential(_ user: String) -> JSON {
        ["name": .string(siteName), "cloud": .string("\(siteName)-\(user)")]
    }

    private static let version: JSON = "management.scs.community/v1alpha1"
    static let management = "/apis/management.scs.community/v1alpha1"
}

// MARK: - What there is in the end

extension Stage {
    /// All that our kinds keep at the site, of every organization, each with its kind.
    func objects() async throws -> [JSON] {
        let admin = try server.admin()
        let everywhere = Fleet.resources.map { resource in
            let parts = resource.split(separator: "/")
            return "/organizations/*/apis/\(parts[0]).scs.community/v1alpha1/\(parts[1])"
        }
        var objects: [JSON] = []
        for path in everywhere + ["/organizations/*\(Self.management)/projects", "\(Self.management)/organizations"] {
            let answer = try await admin.send(.get, path)
            try #require(answer.status == 200, "\(path): \(answer.text)")
            let kind = String((answer.tree["kind"]?.string ?? "").dropLast("List".count))
            objects += (answer.tree["items"]?.array ?? []).map { item in
                var item = item
                item["kind"] = .string(kind)
                return item
            }
        }
        return objects
    }

    /// Waits until all is ready and no call is in doubt, and holds the site against it.
    func expectOneOfEach(_ place: Comment) async throws {
        var objects: [JSON] = []
        try await eventually("\(place): readiness") {
            objects = try await self.objects()
            return objects.allSatisfy(\.isAtRest)
        }
        let (held, owed) = (Holdings.lines(of: site), Holdings.lines(for: objects))
        let surplus = held.difference(from: owed)
        #expect(surplus.isEmpty, "\(place): \(surplus)")
    }
}
