// SPDX-License-Identifier: Apache-2.0

/// One registered site with its sessions.
struct Site {
    let access: SiteAccess
    let connection: SiteConnection
    /// Of the site's own credential.
    let session: Session
    let observer: Session?
    let clock: any Clock<Duration>
    /// Of the credentials registered for projects; made when first asked for.
    var projects: [ProjectName: CloudProject] = [:]

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

/// The rules of the directory, without its lock.
struct DirectoryState {
    struct Registration: Hashable {
        let keystoneProjectID: String
        let credential: Credential
    }

    private struct Key: Hashable {
        let site: String
        let name: ProjectName
    }

    private(set) var sites: [String: Site] = [:]
    private var registrations: [Key: Registration] = [:]

    mutating func register(_ site: Site, name: String) { sites[name] = site }

    mutating func remove(site name: String) {
        sites[name] = nil
        registrations = registrations.filter { $0.key.site != name }
    }

    /// Keeps the session of a registration that did not change, and with it its token.
    mutating func register(_ registration: Registration?, of name: ProjectName, site: String) {
        let key = Key(site: site, name: name)
        guard registrations[key] != registration else { return }
        registrations[key] = registration
        sites[site]?.projects[name] = nil
    }

    func known(_ name: String) throws -> Site {
        guard let site = sites[name] else { throw unknown("site \"\(name)\" is not known (yet)") }
        return site
    }

    mutating func project(_ name: ProjectName, site siteName: String) throws -> CloudProject {
        var site = try known(siteName)
        if let project = site.projects[name] { return project }
        let project = CloudProject(try session(name, site, siteName), settle: site.access.settle)
        site.projects[name] = project
        sites[siteName] = site
        return project
    }

    func domain(site name: String) throws -> CloudDomain {
        let site = try known(name)
        guard case .domain = site.access.level else {
            let said = "site \"\(name)\" gives access to one project, not to a domain"
            throw OpenStackError(.unsupported, operation: "manage domain", said: said)
        }
        return CloudDomain(site.session)
    }

    private func session(_ name: ProjectName, _ site: Site, _ siteName: String) throws -> Session {
        if case .project(let bound) = site.access.level {
            guard bound == name else {
                // Does not say which one it is: that may be another customer's.
                let said = "site \"\(siteName)\" gives access to one project, and it is not \"\(name.project)\""
                throw OpenStackError(.unsupported, operation: "reach project", said: said)
            }
            return site.session
        }
        guard let registration = registrations[Key(site: siteName, name: name)] else {
            throw unknown("project \"\(name.project)\" is not known at site \"\(siteName)\" (yet)")
        }
        return Session(
            site.connection, credential: registration.credential,
            scope: .project(id: registration.keystoneProjectID), clock: site.clock)
    }

    private func unknown(_ said: String) -> OpenStackError {
        OpenStackError(.unknownSite, operation: "reach site", said: said)
    }
}
