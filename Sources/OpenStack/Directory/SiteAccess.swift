// SPDX-License-Identifier: Apache-2.0

/// A project of an organization, by the names it has with us.
package struct ProjectName: Hashable, Sendable {
    package let organization: String
    package let project: String

    package init(organization: String, project: String) {
        self.organization = organization
        self.project = project
    }
}

/// What the provider gave us for one site: where it is and what we may do there.
package struct SiteAccess: Hashable, Sendable {
    package enum Level: Hashable, Sendable {
        /// Any credential of one existing Keystone project, which serves the one project of ours that is named.
        case project(ProjectName)
        /// The password of a domain manager, who makes users, projects and grants; what happens inside a project is
        /// done with the credential that is registered for it.
        case domain
        /// For learning what the site offers only: organizations come with accesses of their own.
        case observing
    }

    package var level: Level
    package var cloud: Cloud
    /// A second login that may read everything, so that watching does not cost calls for each project.
    package var observer: Cloud?
    /// How long a creation whose answer was lost may still appear: the site's own request time-out.
    package var settle: Duration

    package init(_ level: Level, cloud: Cloud, observer: Cloud? = nil, settle: Duration = .seconds(60)) {
        self.level = level
        self.cloud = cloud
        self.observer = observer
        self.settle = settle
    }
}
