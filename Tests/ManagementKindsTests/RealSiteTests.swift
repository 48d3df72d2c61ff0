// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import Foundation
import JSONTree
import OpenStack
import Reconciling
import ReconcilingTesting
import Resources
import Schemas
import SiteKinds
import TestTime
import Testing

@testable import ManagementKinds

/// The kinds at a real site, named by the environment as for the tests of OpenStack itself.
@Suite("Management kinds at a real site", .serialized, .timeLimit(.minutes(5)))
struct RealSiteManagementTests {
    static let project = value("SCS_TEST_CLOUD")
    static let manager = value("SCS_TEST_CLOUD_MANAGER")
    static let file = value("SCS_TEST_CLOUDS_FILE")

    private static func value(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

    let server = MemoryObjectClient()
    let clouds = CloudDirectory()
    let key = ObjectKey(organization: "real", name: "web")
    let organization = ObjectKey(organization: "", name: "real")

    private func sites() -> Bench<SiteReconciler> {
        Bench(SiteReconciler(cloud: .live(clouds)), server: server)
    }

    private func organizations() -> Bench<OrganizationReconciler> {
        let contents = OrganizationContents(client: server, types: { _ in [.namespace] })
        return Bench(
            OrganizationReconciler(cloud: .live(clouds), client: server, contents: contents), server: server)
    }

    private func projects() -> Bench<ProjectReconciler> {
        Bench(ProjectReconciler(cloud: .live(clouds), client: server), server: server)
    }

    private func prepare(_ use: JSON, cloud: String?) async throws {
        let text = try String(contentsOfFile: try #require(Self.file), encoding: .utf8)
        try await sites().put(secret("clouds", ["clouds.yaml": text]), .secret)
        let spec: JSON = [
            "credentialsRef": ["name": "clouds", "cloud": .string(try #require(cloud))], "access": "project",
            "settleSeconds": 60,
        ]
        try await sites().put(object(.site, "stuttgart", spec: spec))
        try await sites().rest(ObjectKey(organization: "", name: "stuttgart"))
        try await organizations().put(object(.organization, "real", spec: ["sites": [use]]))
        try await organizations().rest(organization)
        var project = object(.project, "web", in: "real")
        project.metadata.annotations = ["\(SiteNeed.prefix)stuttgart": "needed"]
        try await projects().put(project)
        try await projects().settlesAndThenDoesNothing(key)
    }

    @Test("a site shows what it offers, and its one project can be used", .enabled(if: file != nil && project != nil))
    func bound() async throws {
        try await prepare(["name": "stuttgart", "access": "project", "project": "web"], cloud: Self.project)
        let site = try #require(try await server.find(.site, ObjectKey(organization: "", name: "stuttgart")))
        #expect(site.isReady)
        for list in ["flavors", "images", "externalNetworks", "availabilityZones", "services", "regions"] {
            #expect(site.status?[list]?.array?.isEmpty == false, "\(list)")
        }
        #expect(Site.kind.version("v1alpha1")?.schema.issues(in: site.tree).isEmpty == true)
        let web = try #require(try await server.find(.project, key))
        let services = try clouds.project(site: "stuttgart", organization: "real", project: "web")
        #expect(try await SiteNeed.id(of: web, at: "stuttgart") == services.id)
        _ = try await services.nova.servers()
    }

    @Test(
        "a domain manager makes a project that can be used, and leaves nothing",
        .enabled(if: file != nil && manager != nil))
    func domain() async throws {
        try await prepare(["name": "stuttgart", "access": "domain"], cloud: Self.manager)
        let site = try #require(try await server.find(.site, ObjectKey(organization: "", name: "stuttgart")))
        #expect(site.isReady)
        let web = try #require(try await server.find(.project, key))
        let id = try #require(SiteNeed.id(of: web, at: "stuttgart"))
        let services = try clouds.project(site: "stuttgart", organization: "real", project: "web")
        #expect(try await services.id == id)
        _ = try await services.nova.servers()
        let domain = try clouds.domain(site: "stuttgart", organization: "real")
        try await projects().delete(key)
        #expect(try await server.find(.project, key) == nil)
        let entry = try #require(try await server.find(.organization, organization)?.status?["sites"]?.array?.first)
        let user = try #require(entry["serviceUserID"]?.string)
        try await organizations().delete(organization)
        #expect(try await server.find(.organization, organization) == nil)
        #expect(try await !domain.keystone.projects().contains { $0.id == id })
        #expect(try await !domain.keystone.users().contains { $0.id == user })
    }
}
