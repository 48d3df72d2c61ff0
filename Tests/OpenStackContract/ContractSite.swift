// SPDX-License-Identifier: Apache-2.0

package import OpenStack

/// Where the checks run: an access, and how patient to be.
///
/// The site must have a network that leads out and an active image, and its flavors must hold one with and one without a disk.
package struct ContractSite: Sendable {
    package let project: CloudProject
    /// A session with a wrong password, of a user that exists or not.
    package let refused: Session
    /// Absent where no domain manager is at hand.
    package let domain: CloudDomain?
    /// The session of a user with a password in a project of the domain.
    package let login: @Sendable (UserName, Secret, AuthScope) -> Session
    /// How long to wait for what the site does by and by.
    package let patience: Duration
    /// Between two looks.
    package let interval: Duration
    package let clock: any Clock<Duration>

    /// Everything from one entry of a `clouds.yaml`, and for the management checks from another.
    package init(
        connection: SiteConnection, cloud: Cloud, manager: Cloud? = nil, patience: Duration = .seconds(60),
        interval: Duration = .milliseconds(250), clock: any Clock<Duration> = ContinuousClock()
    ) {
        project = CloudProject(Session(connection, credential: cloud.credential, scope: cloud.scope, clock: clock))
        let wrong = Credential.password(.name("nobody", .id("default")), Secret("wrong"))
        refused = Session(connection, credential: wrong, scope: .unspecified, clock: clock)
        domain = manager.map {
            CloudDomain(Session(connection, credential: $0.credential, scope: $0.scope, clock: clock))
        }
        login = { Session(connection, credential: .password($0, $1), scope: $2, clock: clock) }
        self.patience = patience
        self.interval = interval
        self.clock = clock
    }

    var keystone: Keystone { project.keystone }
    var nova: Nova { project.nova }
    var neutron: Neutron { project.neutron }
    var glance: Glance { project.glance }
    var cinder: Cinder { project.cinder }
}

extension ContractSite {
    /// Looks until the closure returns a value, or throws what was waited for.
    func eventually<Value: Sendable>(
        _ what: String, _ look: @Sendable () async throws -> Value?
    ) async throws -> Value {
        var rest = patience
        while true {
            if let value = try await look() { return value }
            guard rest > .zero else { throw ContractFailure("not within \(patience): \(what)") }
            try await clock.sleep(for: interval)
            rest -= interval
        }
    }

    /// The error that the body must end in.
    func refusal(
        _ what: String, _ code: OpenStackError.Code, status: Int, _ body: @Sendable () async throws -> some Sendable
    ) async throws -> OpenStackError {
        do {
            _ = try await body()
        } catch let error as OpenStackError {
            try require(
                error.code == code && error.status == status,
                "\(what) must be \(code.text) with \(status), is \(error.code.text): \(error)")
            return error
        }
        throw ContractFailure("\(what) must be refused with \(status), and is not")
    }

    /// The network that leads out.
    func externalNetwork() async throws -> Neutron.Network {
        try require(try await neutron.networks(["router:external": "true"]).first, "there is no external network")
    }

    /// An image that servers boot from.
    func image() async throws -> Glance.Image {
        let images = try await glance.images(["status": "active"])
        return try require(images.min { ($0.minDisk ?? 0) < ($1.minDisk ?? 0) }, "there is no active image")
    }

    /// The smallest flavor with a disk that the image fits on, or the smallest without one.
    func flavor(for image: Glance.Image, diskless: Bool) async throws -> Nova.Flavor {
        let flavors = try await nova.flavors().filter {
            $0.ram >= image.minRAM ?? 0 && (diskless ? $0.disk == 0 : $0.disk >= max(1, image.minDisk ?? 0))
        }
        return try require(
            flavors.min { ($0.vcpus, $0.ram) < ($1.vcpus, $1.ram) },
            "there is no flavor \(diskless ? "without" : "with") a disk")
    }
}
