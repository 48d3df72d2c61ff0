// SPDX-License-Identifier: Apache-2.0

import OpenStack
import RESTClient
import Testing

@Suite("Directory: organizations at a site")
struct OrganizationAccessTests {
    private struct Silence: RESTTransport {
        func send(_ request: RESTRequest) async throws -> RESTResponse { throw RESTError(.notSent, "silence") }
    }

    private let directory = CloudDirectory { _, _ in Silence() }
    private let web = ProjectName(organization: "acme", project: "web")

    private func cloud(_ user: String, _ scope: AuthScope = .project(id: "k")) -> Cloud {
        Cloud(authURL: "http://a/v3", credential: .password(.id(user), Secret("p")), scope: scope)
    }

    private func project(_ organization: String = "acme", _ project: String = "web") throws -> CloudProject {
        try directory.project(site: "here", organization: organization, project: project)
    }

    private func code(_ body: () throws -> some Any) -> OpenStackError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? OpenStackError)?.code
        }
    }

    @Test("a site that is only looked at serves nobody before an access is registered")
    func observing() throws {
        try directory.register(site: "here", SiteAccess(.observing, cloud: cloud("own"), settle: .seconds(7)))
        #expect(code { try project() } == .unknownSite)
        #expect(code { try directory.domain(site: "here", organization: "acme") } == .unknownSite)
        try directory.register(site: "here", organization: "acme", .project(web))
        #expect(try project().session === directory.session(site: "here"))
        #expect(try project().settle == .seconds(7))
        #expect(code { try project("acme", "other") } == .unsupported)
        #expect(code { try project("other", "web") } == .unknownSite)
        directory.removeAccess(site: "here", organization: "acme")
        #expect(code { try project() } == .unknownSite)
    }

    @Test("each organization works with its own credential, also where they bind projects of the same name")
    func own() throws {
        try directory.register(site: "here", SiteAccess(.observing, cloud: cloud("own")))
        try directory.register(
            site: "here", organization: "acme", .project(web), cloud: cloud("acme", .project(id: "a")))
        let other = ProjectName(organization: "other", project: "web")
        try directory.register(
            site: "here", organization: "other", .project(other), cloud: cloud("other", .project(id: "o")))
        #expect(try project().session.scope == .project(id: "a"))
        #expect(try project("other", "web").session.scope == .project(id: "o"))
    }

    @Test("a domain is an organization's own; its sessions are kept while nothing changes")
    func domain() throws {
        try directory.register(site: "here", SiteAccess(.observing, cloud: cloud("own")))
        let manager = cloud("manager", .domain(.id("d")))
        try directory.register(site: "here", organization: "acme", .domain, cloud: manager)
        #expect(try directory.domain(site: "here", organization: "acme").session.scope == .domain(.id("d")))
        #expect(code { try project() } == .unknownSite)
        directory.registerProject(
            site: "here", organization: "acme", project: "web", keystoneProjectID: "k1",
            credential: .password(.id("service"), Secret("s")))
        let first = try project().session
        #expect(first.scope == .project(id: "k1"))
        try directory.register(site: "here", organization: "acme", .domain, cloud: manager)
        #expect(try project().session === first)
        try directory.register(site: "here", organization: "acme", .domain, cloud: cloud("new", .domain(.id("d"))))
        #expect(try project().session !== first)
    }

    @Test("an access waits for its site, and comes back with it")
    func waits() throws {
        try directory.register(site: "here", organization: "acme", .project(web))
        #expect(code { try project() } == .unknownSite)
        try directory.register(site: "here", SiteAccess(.observing, cloud: cloud("own")))
        #expect(try project().session.scope == .project(id: "k"))
        directory.remove(site: "here")
        #expect(code { try project() } == .unknownSite)
    }
}
