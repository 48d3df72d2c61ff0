// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
package import Resources
package import Schemas
package import ServiceLifecycle
package import SiteKinds

/// The kinds that say who may do what where: organizations, sites, projects.
package enum ManagementKinds {
    /// All of them.
    package static let kinds: [Kind] = [Organization.kind, Site.kind, Project.kind]

    /// Their controllers; run each once, beside the informers.
    ///
    /// - Parameters:
    ///   - types: all kinds that an organization keeps in the store, so that a deleted organization leaves nothing there.
    ///   - report: hears of each error of the loops that drive objects only; the work is then retried.
    package static func controllers(
        _ environment: KindEnvironment, types: @escaping @Sendable (_ organization: String) -> [ResourceType],
        report: @escaping @Sendable (String, any Error) -> Void = { _, _ in }
    ) -> [any Service] {
        let client = environment.client(NamespaceProjects.name)
        let namespaces = environment.informers.informer(for: .namespace)
        let projects = NamespaceProjects(client: client)
        let loop = KeyLoop<ObjectKey>(
            waitingFor: [namespaces], time: environment.time, report: { report(NamespaceProjects.name, $0) },
            pass: projects.pass)
        namespaces.handle { loop.add($0.object.key) }
        return [sites(environment), organizations(environment, types), projectController(environment), loop]
            + [probe(environment, report)]
    }

    /// Whether each site answers.
    private static func probe(
        _ environment: KindEnvironment, _ report: @escaping @Sendable (String, any Error) -> Void
    ) -> any Service {
        let clouds = environment.clouds
        let probe = SiteProbe(
            client: environment.client(SiteProbe.name), time: environment.time, isKnown: { clouds.sites.contains($0) }
        ) { site in
            let session = try clouds.observer(site: site) ?? clouds.session(site: site)
            _ = try await session.versions(of: .identity)
            return try await session.token().issued
        }
        let sites = environment.informers.informer(for: .site)
        let loop = KeyLoop<ObjectKey>(
            waitingFor: [sites], time: environment.time, report: { report(SiteProbe.name, $0) }, pass: probe.pass)
        sites.handle { change in if case .added(let site) = change { loop.add(site.key) } }
        return loop
    }

    /// Looks at each site again every five minutes.
    private static func sites(_ environment: KindEnvironment) -> any Service {
        var environment = environment
        environment.settings.resync = .seconds(300)
        let users = [
            DeletionGuard(.organization, reach: .everywhere) { organization in
                organization.siteUses.map { reference(to: $0.name) }
            },
            DeletionGuard(.project, reach: .everywhere) { project in
                project.status?["sites"]?.array?.compactMap { $0["name"]?.string }.map(reference) ?? []
            },
        ]
        return environment.controller(.site, refersTo: [.secret], guards: users) { _ in
            SiteReconciler(cloud: .live(environment.clouds))
        }
    }

    private static func reference(to site: String) -> Reference {
        Reference(field: "site", type: .site, key: ObjectKey(organization: "", name: site))
    }

    private static func organizations(
        _ environment: KindEnvironment, _ types: @escaping @Sendable (_ organization: String) -> [ResourceType]
    ) -> any Service {
        let projects = DeletionGuard(.project, reach: .everywhere) { project in
            [
                Reference(
                    field: "organization", type: .organization,
                    key: ObjectKey(organization: "", name: project.organization))
            ]
        }
        return environment.controller(.organization, refersTo: [.site, .secret], guards: [projects]) { client in
            OrganizationReconciler(
                cloud: .live(environment.clouds), client: client,
                contents: OrganizationContents(client: client, types: types))
        }
    }

    private static func projectController(_ environment: KindEnvironment) -> any Service {
        environment.controller(.project, refersTo: [.organization], owns: [.namespace]) { client in
            ProjectReconciler(cloud: .live(environment.clouds), client: client)
        }
    }
}
