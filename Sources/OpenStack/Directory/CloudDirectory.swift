// SPDX-License-Identifier: Apache-2.0

package import RESTClient
import Synchronization

/// Who may be reached where: the sites that are known now, and the credential for each project at them.
///
/// The Site kind registers sites, the Organization kind each organization's access to them, and the Project kind
/// projects; every other kind asks for a `CloudProject` anew in each pass. What is not registered (yet) is an
/// `unknownSite` error, which is transient, so that a pass waits.
package final class CloudDirectory: Sendable {
    /// Makes a site's own connections; a test gives a scripted transport.
    package typealias MakeTransport = @Sendable (_ site: String, _ trust: Trust) throws -> any RESTTransport

    private let clock: any Clock<Duration>
    private let makeTransport: MakeTransport
    private let state = Mutex(DirectoryState())

    package init(
        clock: any Clock<Duration> = ContinuousClock(),
        makeTransport: @escaping MakeTransport = CloudDirectory.network()
    ) {
        self.clock = clock
        self.makeTransport = makeTransport
    }

    /// The sites that are known, sorted.
    package var sites: [String] { state.withLock { $0.sites.keys.sorted() } }

    /// How long a creation without an answer may still appear at a site: the longest of all sites when none is named,
    /// absent while it is not known.
    package func settle(site name: String?) -> Duration? {
        state.withLock { state in
            guard let name else { return state.sites.values.map(\.access.settle).max() }
            return state.sites[name]?.access.settle
        }
    }

    /// Makes a site known, or changes what is known of it; with the same access as before nothing changes.
    ///
    /// Throws when a certificate of the access cannot be read.
    package func register(site name: String, _ access: SiteAccess) throws {
        guard state.withLock({ $0.sites[name]?.access }) != access else { return }
        let site = try site(name, access)
        state.withLock { $0.register(site, name: name) }
    }

    private func site(_ name: String, _ access: SiteAccess) throws -> Site {
        Site(
            access: access,
            connection: SiteConnection(
                name: name, cloud: access.cloud, transport: try makeTransport(name, access.cloud.trust)),
            observer: try access.observer.map {
                SiteConnection(name: name, cloud: $0, transport: try makeTransport(name, $0.trust))
            }, clock: clock)
    }

    /// Makes an organization's access to a site known; without a cloud of its own it works with the site's.
    ///
    /// Throws when a certificate of the cloud cannot be read.
    package func register(
        site name: String, organization: String, _ level: SiteAccess.Level, cloud: Cloud? = nil
    ) throws {
        let known = state.withLock { $0.access(of: organization, site: name) }
        guard known?.level != level || known?.site?.access.cloud != cloud else { return }
        let own = try cloud.map { try site(name, SiteAccess(level, cloud: $0)) }
        state.withLock { $0.register(OrganizationAccess(level: level, site: own), of: organization, site: name) }
    }

    /// Forgets an organization's access to a site.
    package func removeAccess(site: String, organization: String) {
        state.withLock { $0.register(nil, of: organization, site: site) }
    }

    /// Forgets a site and the projects at it; accesses to it stay, for when it comes back.
    package func remove(site name: String) { state.withLock { $0.remove(site: name) } }

    /// Makes the working credential of a project known at a site of level `domain`.
    package func registerProject(
        site: String, organization: String, project: String, keystoneProjectID: String, credential: Credential
    ) {
        let registration = DirectoryState.Registration(keystoneProjectID: keystoneProjectID, credential: credential)
        let name = ProjectName(organization: organization, project: project)
        state.withLock { $0.register(registration, of: name, site: site) }
    }

    /// Forgets a project's credential.
    package func removeProject(site: String, organization: String, project: String) {
        let name = ProjectName(organization: organization, project: project)
        state.withLock { $0.register(nil, of: name, site: site) }
    }

    /// The services of a site for one of our projects.
    package func project(site: String, organization: String, project: String) throws -> CloudProject {
        let name = ProjectName(organization: organization, project: project)
        return try state.withLock { try $0.project(name, site: site) }
    }

    /// The domain that an organization's access of level `domain` lets us manage.
    package func domain(site: String, organization: String) throws -> CloudDomain {
        try state.withLock { try $0.domain(site: site, organization: organization) }
    }

    /// The domain that a site of level `domain` lets us manage.
    package func domain(site: String) throws -> CloudDomain {
        try state.withLock { try $0.domain(site: site) }
    }

    /// The session that reads everything at a site; absent when the provider gave none.
    package func observer(site: String) throws -> Session? {
        try state.withLock { try $0.known(site).observer }
    }

    /// The session of a site's own credential, of whichever level: for what is the same in every scope.
    package func session(site: String) throws -> Session {
        try state.withLock { try $0.known(site).session }
    }
}
