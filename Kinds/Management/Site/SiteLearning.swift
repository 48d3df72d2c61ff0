// SPDX-License-Identifier: Apache-2.0

import OpenStack

/// Asks a site what it offers: with the login that may read everything where the provider gave one, else with the site's own.
struct SiteLearning {
    private let session: Session
    /// Whose credential the status tells of.
    private let own: Session

    init(session: Session, observer: Session? = nil) {
        own = session
        self.session = observer ?? session
    }

    private static let limit = 500

    /// Throws when the site does not answer; what this credential may not see stays absent.
    func status() async throws -> Site.Status {
        let rights = try await own.token()
        let token = try await session.token()
        var status = Site.Status()
        status.project = rights.project.map { .init(id: $0.id, name: $0.name ?? "") }
        status.domain = rights.domain.map { .init(id: $0.id, name: $0.name ?? "") }
        status.regions = Array(token.catalog.regions.sorted().prefix(100))
        status.services = try await services(token)
        status.flavors = try await allowed { try await flavors() }
        status.images = try await allowed { try await images() }
        status.externalNetworks = try await allowed { try await externalNetworks() }
        status.availabilityZones = try await allowed { try await zones() }
        return status
    }

    /// Nothing when the site says that this credential may not look, or has no such service.
    private func allowed<Value>(_ look: () async throws -> Value) async throws -> Value? {
        do {
            return try await look()
        } catch let error as OpenStackError where !error.isTransient {
            return nil
        }
    }

    private func services(_ token: Token) async throws -> [Site.Status.Service] {
        var services: [Site.Status.Service] = []
        let ours: [ServiceType] = [.identity, .compute, .network, .image, .volume]
        for service in token.catalog.services.sorted(by: { $0.type < $1.type }).prefix(100) {
            var entry = Site.Status.Service(type: service.type, name: service.name)
            entry.url = service.endpoints.first { $0.interface == "public" }?.url
            if let type = ours.first(where: { $0.catalogTypes.contains(service.type) }) {
                let versions = try await allowed { try await session.versions(of: type) } ?? []
                let current = versions.first { $0.status == "CURRENT" || $0.status == "stable" } ?? versions.first
                entry.version = current?.id
                entry.minMicroversion = current?.minimum?.description
                entry.maxMicroversion = current?.maximum?.description
            }
            services.append(entry)
        }
        return services
    }

    private func flavors() async throws -> [Site.Status.Flavor] {
        try await Nova(session).flavors().sorted { $0.name < $1.name }.prefix(Self.limit).map {
            .init(name: $0.name, id: $0.id, vcpus: $0.vcpus, ramMiB: $0.ram, diskGiB: $0.disk)
        }
    }

    private func images() async throws -> [Site.Status.Image] {
        let images = try await Glance(session).images().filter { $0.isHidden != true }
        return images.sorted { ($0.name ?? "", $0.id) < ($1.name ?? "", $1.id) }.prefix(Self.limit).map {
            .init(
                name: $0.name ?? "", id: $0.id, status: $0.status.rawValue, minDiskGiB: $0.minDisk ?? 0,
                minRAMMiB: $0.minRAM ?? 0, visibility: $0.visibility)
        }
    }

    private func externalNetworks() async throws -> [Site.Status.Named] {
        try await Neutron(session).networks(["router:external": "true"]).sorted { ($0.name, $0.id) < ($1.name, $1.id) }
            .prefix(Self.limit).map { .init(id: $0.id, name: $0.name) }
    }

    private func zones() async throws -> [String] {
        try await Nova(session).availabilityZones().filter(\.zoneState.available).map(\.zoneName).sorted()
            .prefix(100).map { $0 }
    }
}
