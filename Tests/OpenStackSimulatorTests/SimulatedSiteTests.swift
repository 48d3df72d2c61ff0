// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import OpenStackSimulator
import Testing

@Suite("A simulated site", .timeLimit(.minutes(1)))
struct SimulatedSiteTests {
    @Test("what was never recorded is 501, and counted")
    func unrecorded() async throws {
        try await SiteClient.use { client async throws in
            #expect(try await client.send("GET", "/network/v2.0/trunks").status == 501)
            #expect(client.site.unrecorded == ["GET /network/v2.0/trunks"])
        }
    }

    @Test("the journal holds each call with its project, and the inventory what is there with its marks")
    func journal() async throws {
        try await SiteClient.use { client async throws in
            client.site.forgetCalls()
            let made = try await client.network("scs:7").body["network"] ?? .null
            _ = try await client.send("GET", "/network/v2.0/networks?limit=1")
            #expect(
                client.site.calls.map(\.description) == ["POST /network/v2.0/networks", "GET /network/v2.0/networks"])
            #expect(client.site.calls.map(\.isWrite) == [true, false])
            #expect(client.site.calls.allSatisfy { $0.project == made["project_id"]?.string })
            let thing = try #require(client.site.inventory.first)
            #expect(client.site.inventory.count == 1)
            #expect(thing.kind == "network" && thing.marks == ["scs:7"] && thing.id == made["id"]?.string)
        }
    }

    @Test("what one project has, another does not see")
    func tenants() async throws {
        try await SiteClient.use { client async throws in
            let id = try await client.network().body["network"]?["id"]?.string ?? ""
            var manager = client
            manager.token = try await client.login(.domainManager)
            #expect(try await manager.networks() == [])
            #expect(try await manager.send("GET", "/network/v2.0/networks/\(id)").status == 404)
            #expect(try await manager.send("DELETE", "/network/v2.0/networks/\(id)").status == 404)
            let servers = try await manager.send("GET", "/compute/v2.1/servers/detail")
            #expect(servers.status == 200 && servers.body["servers"] == [], "an empty list, not a refusal")
        }
    }

    @Test("a server takes its time on the site's own clock, which the Date header shows")
    func buildTime() async throws {
        let clock = HandClock()
        var settings = SiteSettings()
        settings.now = { clock.now }
        settings.buildTime = .seconds(5)
        try await SiteClient.use(settings) { client async throws in
            let images = try await client.send("GET", "/image/v2/images").body["images"] ?? .null
            let wish: JSON = [
                "name": "a", "flavorRef": "scs-1v-2-5", "imageRef": images[0]?["id"] ?? "", "networks": "none",
            ]
            let made = try await client.send("POST", "/compute/v2.1/servers", ["server": wish])
            #expect(made.status == 202)
            let path = "/compute/v2.1/servers/\(made.body["server"]?["id"]?.string ?? "")"
            #expect(try await client.send("GET", path).body["server"]?["status"] == "BUILD")
            clock.advance(by: 5)
            let built = try await client.send("GET", path)
            #expect(built.body["server"]?["status"] == "ACTIVE")
            #expect(built.headers[.date] == "Fri, 15 Jan 2027 08:00:05 GMT")
        }
    }

    @Test("an application credential logs in until its role is taken away")
    func applicationCredential() async throws {
        try await SiteClient.use { client async throws in
            let projects = try await client.send("GET", "/identity/v3/auth/projects").body["projects"] ?? .null
            let project = projects[0]?["id"]?.string ?? ""
            var admin = client
            admin.token = try await client.login(.admin)
            let users = try await admin.send("GET", "/identity/v3/users?name=demo").body["users"] ?? .null
            let user = users[0]?["id"]?.string ?? ""
            let made = try await client.send(
                "POST", "/identity/v3/users/\(user)/application_credentials",
                ["application_credential": ["name": "cluster"]])
            let credential = made.body["application_credential"] ?? .null
            let identity: JSON = [
                "methods": ["application_credential"],
                "application_credential": ["id": credential["id"] ?? "", "secret": credential["secret"] ?? ""],
            ]
            let login: JSON = ["auth": ["identity": identity]]
            #expect(try await client.send("POST", "/identity/v3/auth/tokens", login).status == 201)
            let roles = try await admin.send("GET", "/identity/v3/roles?name=member").body["roles"] ?? .null
            let grant = "/identity/v3/projects/\(project)/users/\(user)/roles/\(roles[0]?["id"]?.string ?? "")"
            #expect(try await admin.send("DELETE", grant).status == 204)
            #expect(try await client.send("POST", "/identity/v3/auth/tokens", login).status == 401)
            #expect(try await admin.send("PUT", grant).status == 204)
            #expect(try await client.send("POST", "/identity/v3/auth/tokens", login).status == 201)
        }
    }

    @Test("the flavors are those of SCS")
    func flavors() async throws {
        try await SiteClient.use { client async throws in
            let flavors = try await client.send("GET", "/compute/v2.1/flavors/detail").body["flavors"]?.array ?? []
            #expect(flavors.count == 28)
            #expect(flavors.allSatisfy { $0["name"]?.string?.hasPrefix("SCS-") == true })
        }
    }

    @Test("an administrator sets a project's quotas, a member does not")
    func quotas() async throws {
        try await SiteClient.use { client async throws in
            let projects = try await client.send("GET", "/identity/v3/auth/projects").body["projects"] ?? .null
            let path = "/network/v2.0/quotas/\(projects[0]?["id"]?.string ?? "")"
            #expect(try await client.send("PUT", path, ["quota": ["network": 1]]).status == 403)
            var admin = client
            admin.token = try await client.login(.admin)
            #expect(try await admin.send("PUT", path, ["quota": ["network": 1]]).status == 200)
            #expect(try await client.network().status == 201)
            let over = try await client.network()
            #expect(over.status == 409)
            #expect(over.body["NeutronError"]?["type"] == "OverQuota")
        }
    }
}
