// SPDX-License-Identifier: Apache-2.0

/// One cloud at a site with its sessions.
struct Site {
    let access: SiteAccess
    let connection: SiteConnection
    /// Of the access's own credential.
    let session: Session
    let observer: Session?
    let clock: any Clock<Duration>

    init(access: SiteAccess, connection: SiteConnection, observer: SiteConnection?, clock: any Clock<Duration>) {
        self.access = access
        self.connection = connection
        self.clock = clock
        session = Session(connection, credential: access.cloud.credential, scope: access.cloud.scope, clock: clock)
        self.observer =
            if let observer, let cloud = access.observer {
                Session(observer, credential: cloud.credential, scope: cloud.scope, clock: clock)
            } else {
                nil
            }
    }
}

/// How one organization may use one site.
struct OrganizationAccess {
    let level: SiteAccess.Level
    /// Of its own credential; absent when it works with the site's.
    let site: Site?
}

/// The rules of the directory, without its lock.
struct DirectoryState {
    struct Registration: Hashable {
        let keystoneProjectID: String
        let credential: Credential
    }

    private struct AccessKey: Hashable {
        let site: String
        let organization: String
    }

    private struct Key: Hashable {
        let site: String
        let name: ProjectName
    }

    private(set) var sites: [String: Site] = [:]
    private var accesses: [AccessKey: OrganizationAccess] = [:]
    private var registrations: [Key: Registration] = [:]
    /// Made when first asked for.
    private var projects: [Key: CloudProject] = [:]

    mutating func register(_ site: Site, name: String) {
        sites[name] = site
        projects = projects.filter { $0.key.site != name }
    }

    mutating func remove(site name: String) {
        sites[name] = nil
        registrations = registrations.filter { $0.key.site != name }
        projects = projects.filter { $0.key.site != name }
    }

    func access(of organization: String, site: String) -> OrganizationAccess? {
        accesses[AccessKey(site: site, organization: organization)]
    }

    mutating func register(_ access: OrganizationAccess?, of organization: String, site: String) {
        accesses[AccessKey(site: site, organization: organization)] = access
        projects = projects.filter { $0.key.site != site || $0.key.name.organization != organization }
    }

    /// Keeps the session of a registration that did not change, and with it its token.
    mutating func register(_ registration: Registration?, of name: ProjectName, site: String) {
        let key = Key(site: site, name: name)
        guard registrations[key] != registration else { return }
        registrations[key] = registration
        projects[key] = nil
    }

    func known(_ name: String) throws -> Site {
        guard let site = sites[name] else { throw unknown("site \"\(name)\" is not known (yet)") }
        return site
    }

    mutating func project(_ name: ProjectName, site siteName: String) throws -> CloudProject {
        let site = try known(siteName)
        let key = Key(site: siteName, name: name)
        if let project = projects[key] { return project }
        let project = CloudProject(try session(key), settle: site.access.settle)
        projects[key] = project
        return project
    }

    func domain(site name: String) throws -> CloudDomain {
        let site = try known(name)
        return try domain(site.access.level, site.session, name)
    }

    func domain(site name: String, organization: String) throws -> CloudDomain {
        let (level, site) = try place(of: organization, at: name)
        if level == .observing { throw noAccess(name) }
        return try domain(level, site.session, name)
    }

    private func domain(_ level: SiteAccess.Level, _ session: Session, _ name: String) throws -> CloudDomain {
        guard case .domain = level else {
            let said = "site \"\(name)\" does not give access to a domain"
            throw OpenStackError(.unsupported, operation: "manage domain", said: said)
        }
        return CloudDomain(session)
    }

    /// The organization's own access, else what the site gives to everybody.
    private func place(of organization: String, at name: String) throws -> (SiteAccess.Level, Site) {
        let site = try known(name)
        if let access = access(of: organization, site: name) { return (access.level, access.site ?? site) }
        return (site.access.level, site)
    }

    private func session(_ key: Key) throws -> Session {
        let (level, site) = try place(of: key.name.organization, at: key.site)
        switch level {
        case .project(let bound):
            guard bound == key.name else {
                // Does not say which one it is: that may be another customer's.
                let said = "site \"\(key.site)\" gives access to one project, and it is not \"\(key.name.project)\""
                throw OpenStackError(.unsupported, operation: "reach project", said: said)
            }
            return site.session
        case .domain:
            guard let registration = registrations[key] else {
                throw unknown("project \"\(key.name.project)\" is not known at site \"\(key.site)\" (yet)")
            }
            return Session(
                site.connection, credential: registration.credential,
                scope: .project(id: registration.keystoneProjectID), clock: site.clock)
        case .observing:
            throw noAccess(key.site)
        }
    }

    private func noAccess(_ site: String) -> OpenStackError {
        unknown("the organization has no access to site \"\(site)\" (yet)")
    }

    /// After our own start it is known within a second; a back-off that grows would outlast that by far.
    private func unknown(_ said: String) -> OpenStackError {
        OpenStackError(.unknownSite, operation: "reach site", said: said, retryAfter: .milliseconds(500))
    }
}
