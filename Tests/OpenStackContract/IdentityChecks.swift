// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack

extension ContractCheck {
    static let identity = [
        ContractCheck("a token carries project, roles and catalog", tokenCarriesCatalog),
        ContractCheck("a wrong password is 401", wrongPasswordIs401),
        ContractCheck("the project is among those that the user may scope to", ownProjectsHoldTheScope),
    ]

    static let versions = [
        ContractCheck("each service tells its versions", servicesTellTheirVersions),
        ContractCheck("a microversion meant for another service is 400", wrongServiceMicroversionHeader400),
        ContractCheck("a microversion that nobody knows is 406", unknownMicroversion406),
    ]

    private static func tokenCarriesCatalog(_ site: ContractSite) async throws {
        let token = try await site.project.session.token()
        _ = try require(token.project?.id, "a project's token names its project")
        try require(token.roles.contains { $0.name == "member" }, "the roles hold member, are \(token.roles)")
        try require(token.lifetime > .seconds(60), "a token lives longer than a minute")
        for service in [ServiceType.compute, .network, .image, .volume] {
            let url = token.catalog.url(of: service, interface: .public, region: nil)
            _ = try require(url, "the catalog has a public endpoint for \(service.name)")
        }
    }

    private static func wrongPasswordIs401(_ site: ContractSite) async throws {
        let error = try await site.refusal("a wrong password", .unauthorized, status: 401) {
            try await site.refused.token().lifetime
        }
        try require(!error.message.contains("wrong"), "the message does not hold the password: \(error)")
        _ = try require(error.requestID, "Keystone names the request")
    }

    private static func ownProjectsHoldTheScope(_ site: ContractSite) async throws {
        let id = try await site.project.id
        let projects = try await site.keystone.ownProjects()
        try require(projects.contains { $0.id == id }, "own projects hold \(id)")
    }

    private static func servicesTellTheirVersions(_ site: ContractSite) async throws {
        for (service, least) in [(ServiceType.compute, Microversion(2, 69)), (.volume, Microversion(3, 59))] {
            let versions = try await site.project.session.versions(of: service)
            let greatest = try require(versions.compactMap(\.maximum).max(), "\(service.name) tells a microversion")
            try require(greatest >= least, "\(service.name) has at least \(least), has \(greatest)")
        }
        for (service, id) in [(ServiceType.identity, "v3"), (.network, "v2.0"), (.image, "v2.")] {
            let versions = try await site.project.session.versions(of: service)
            try require(versions.contains { $0.id.hasPrefix(id) }, "\(service.name) has \(id), has \(versions)")
        }
    }

    private static func wrongServiceMicroversionHeader400(_ site: ContractSite) async throws {
        var call = Call("list volumes", .volume, .get, "/volumes")
        call.apiVersion = "compute 2.90"
        let wrong = call
        _ = try await site.refusal("a foreign version", .invalid, status: 400) {
            try await site.project.session.send(wrong)
        }
    }

    private static func unknownMicroversion406(_ site: ContractSite) async throws {
        var call = Call("list servers", .compute, .get, "/servers")
        call.apiVersion = "compute 2.999"
        let wrong = call
        _ = try await site.refusal("an unknown version", .unsupported, status: 406) {
            try await site.project.session.send(wrong)
        }
    }
}
