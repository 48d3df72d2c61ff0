// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// What kind of site is played.
package struct SiteSettings: Sendable {
    package var region = "teststadt"
    package var host = "127.0.0.1"
    /// 0 takes any free port.
    package var port = 0
    /// How long a server builds, starts and stops; zero is over at the next request.
    package var buildTime: Duration = .zero
    package var tokenLifetime: Duration = .seconds(4 * 3600)
    /// The site's own clock, which its `Date` headers show.
    package var now: @Sendable () -> Date = { Date() }
    /// Waits for faults that take time.
    package var clock: any Clock<Duration> = ContinuousClock()

    package init() {}
}

/// A user of the simulated site, with a password and a scope.
package struct SiteCredential: Hashable, Sendable {
    package let username: String
    package let password: String
    package let userDomain: String
    /// Absent for a domain manager.
    package let project: String?
    /// The domain of the project, or the domain that is managed.
    package let domain: String

    /// A member of the project `demo`.
    package static let demo = SiteCredential(
        username: "demo", password: "demo-secret", userDomain: "Default", project: "demo", domain: "Default")
    package static let admin = SiteCredential(
        username: "admin", password: "admin-secret", userDomain: "Default", project: "admin", domain: "Default")
    /// The manager of the domain `acme`.
    package static let domainManager = SiteCredential(
        username: "acme-manager", password: "demo-secret", userDomain: "acme", project: nil, domain: "acme")
}
