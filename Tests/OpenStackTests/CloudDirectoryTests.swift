// SPDX-License-Identifier: Apache-2.0

import OpenStack
import RESTClient
import Synchronization
import Testing

@Suite("Directory of sites")
struct CloudDirectoryTests {
    private struct Silence: RESTTransport {
        func send(_ request: RESTRequest) async throws -> RESTResponse { throw RESTError(.notSent, "silence") }
    }

    private let directory = CloudDirectory { _, _ in Silence() }
    private let web = ProjectName(organization: "acme", project: "web")

    private func cloud(_ password: String = "p", _ scope: AuthScope = .project(id: "k")) -> Cloud {
        Cloud(authURL: "http://a/v3", credential: .password(.id("u"), Secret(password)), scope: scope)
    }

    private func code(_ body: () throws -> some Any) -> OpenStackError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? OpenStackError)?.code
        }
    }

    @Test("what is not registered is not known (yet), which is worth waiting for")
    func unknown() throws {
        let error = #expect(throws: OpenStackError.self) {
            try directory.project(site: "here", organization: "acme", project: "web")
        }
        #expect(error?.isTransient == true)
        #expect(error?.said == "site \"here\" is not known (yet)")
        try directory.register(site: "here", SiteAccess(.domain, cloud: cloud()))
        #expect(code { try directory.project(site: "here", organization: "acme", project: "web") } == .unknownSite)
        directory.remove(site: "here")
        #expect(code { try directory.domain(site: "here") } == .unknownSite)
    }

    @Test("what is at no single site settles as the slowest one does")
    func slowest() throws {
        #expect(directory.settle(site: nil) == nil)
        for (name, seconds) in [("here", 7), ("there", 90)] {
            try directory.register(site: name, SiteAccess(.observing, cloud: cloud(), settle: .seconds(seconds)))
        }
        #expect(directory.settle(site: nil) == .seconds(90))
    }

    @Test("a site of one project serves that project and says nothing of whose it is")
    func bound() throws {
        try directory.register(site: "here", SiteAccess(.project(web), cloud: cloud(), settle: .seconds(7)))
        let project = try directory.project(site: "here", organization: "acme", project: "web")
        #expect(project.settle == .seconds(7))
        #expect(directory.settle(site: "here") == .seconds(7) && directory.settle(site: "there") == nil)
        #expect(project.session.scope == .project(id: "k"))
        let error = #expect(throws: OpenStackError.self) {
            try directory.project(site: "here", organization: "other", project: "web")
        }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("acme") == false)
        #expect(code { try directory.domain(site: "here") } == .unsupported)
    }

    @Test("a domain's projects are reached with their own credentials")
    func domain() throws {
        try directory.register(site: "here", SiteAccess(.domain, cloud: cloud("manager", .domain(.id("d")))))
        register(password: "one")
        let project = try directory.project(site: "here", organization: "acme", project: "web")
        #expect(project.session.scope == .project(id: "k1"))
        #expect(try directory.domain(site: "here").session.scope == .domain(.id("d")))
        #expect(code { try directory.project(site: "here", organization: "other", project: "web") } == .unknownSite)
        directory.removeProject(site: "here", organization: "acme", project: "web")
        #expect(code { try directory.project(site: "here", organization: "acme", project: "web") } == .unknownSite)
    }

    @Test("a session is kept while nothing changes, and replaced when its credential does")
    func keepsSessions() throws {
        let access = SiteAccess(.domain, cloud: cloud("manager", .domain(.id("d"))))
        try directory.register(site: "here", access)
        register(password: "one")
        let first = try session()
        try directory.register(site: "here", access)
        register(password: "one")
        #expect(try session() === first)
        register(password: "two")
        let second = try session()
        #expect(second !== first)
        try directory.register(site: "here", SiteAccess(.domain, cloud: cloud("rotated", .domain(.id("d")))))
        #expect(try session() !== second)
    }

    private func session() throws -> Session {
        try directory.project(site: "here", organization: "acme", project: "web").session
    }

    private func register(password: String) {
        directory.registerProject(
            site: "here", organization: "acme", project: "web", keystoneProjectID: "k1",
            credential: .password(.id("service"), Secret(password)))
    }

    @Test("sites are listed by name")
    func sites() throws {
        for name in ["b", "a"] { try directory.register(site: name, SiteAccess(.domain, cloud: cloud())) }
        #expect(directory.sites == ["a", "b"])
    }
}
