// SPDX-License-Identifier: Apache-2.0

package import Clients
package import OpenStack
package import Reconciling
package import Resources

/// The project that owns an object's namespace, at the site where the object lives: the scope of all its calls.
package struct ProjectAtSite: Hashable, Sendable {
    package let site: String
    package let organization: String
    package let project: String

    /// The place of an object that lives at a site.
    package init(site: String, of object: Object) {
        self.site = site
        organization = object.organization
        project = object.metadata.namespace
    }

    /// How far the project is at the site.
    package enum Standing: Hashable, Sendable {
        case ready
        /// Somebody asked for it; the project's own reconciler is at work.
        case asked
        case unasked
    }

    /// How far the project is, from its object.
    package func standing(of project: Object?) -> Standing {
        guard let project else { return .unasked }
        if SiteNeed.id(of: project, at: site) != nil { return .ready }
        return SiteNeed.sites(of: project).contains(site) ? .asked : .unasked
    }

    /// For a step: what asking for the project is called.
    package var askSummary: String { #"ask for project "\#(project)" at site "\#(site)""# }

    /// Asks the project's reconciler to make the project at the site.
    package func ask(_ project: Object?, through client: any ObjectClient) async throws {
        guard let project else { return }
        try await SiteNeed.ask(for: project, .project, at: site, through: client)
    }

    /// The outcome while the project is not at the site.
    package func waiting(for projectObject: Object?) -> Outcome {
        let said = projectObject.flatMap { SiteNeed.message(of: $0, at: site) }.map { ": \($0)" } ?? ""
        let key = ObjectKey(organization: organization, name: project)
        return .waiting(
            on: ObjectReference(kind: ResourceType.project.kind, key: key, uid: projectObject?.metadata.uid),
            because: #"Project "\#(project)" is not ready at site "\#(site)"\#(said)"#)
    }
}

extension CloudDirectory {
    /// The services of a project at a site.
    package func project(_ place: ProjectAtSite) throws -> CloudProject {
        try project(site: place.site, organization: place.organization, project: place.project)
    }
}
