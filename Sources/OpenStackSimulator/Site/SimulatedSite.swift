// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import ServiceLifecycle
import Serving

/// An OpenStack site in this process, which speaks Keystone, Nova, Neutron, Glance and Cinder over real HTTP.
///
/// Its answers have the shapes that a real site gave (`testbed/record`); what was never recorded is answered with 501 and
/// counted, so that a test can refuse to rest on inventions. Time passes for it only between requests.
package final class SimulatedSite: Service {
    package let settings: SiteSettings
    private let engine: SiteEngine
    private let listener: Listener

    package init(_ settings: SiteSettings = SiteSettings()) {
        self.settings = settings
        engine = SiteEngine(settings)
        listener = Listener(ListenerSettings(host: settings.host, port: settings.port), handler: engine)
    }

    package func run() async throws { try await listener.run() }

    /// Keystone's address; waits until the site takes connections.
    package var authURL: String {
        get async throws { "http://\(settings.host):\(try await listener.boundPort())/identity/v3" }
    }

    /// A `clouds.yaml` with the entries `REGION-demo`, `REGION-admin` and `REGION-domain-manager`.
    package var cloudsFile: String {
        get async throws {
            let url = try await authURL
            let entries = [("demo", SiteCredential.demo), ("admin", .admin), ("domain-manager", .domainManager)]
            return "clouds:\n" + entries.map { $1.entry("\(settings.region)-\($0)", url, settings.region) }.joined()
        }
    }

    /// Everything that it knows, for a later process; absent when no request since that count of changes can have changed it.
    ///
    /// What is under way between requests, such as a late success, is not in it.
    package func memory(since changes: Int? = nil) throws -> (memory: JSON, changes: Int)? {
        try engine.memory(since: changes).map { (try JSON(encoding: $0.memory), $0.changes) }
    }

    /// Puts back what `memory` gave; throws when it is no such tree, and then nothing has changed.
    package func remember(_ memory: JSON) throws { engine.remember(try memory.decode(SiteMemory.self)) }

    /// Lets some of the next requests go wrong.
    package func add(_ fault: Fault) { engine.add(fault) }

    package func clearFaults() { engine.clearFaults() }

    /// Every request so far, in the order in which they came.
    package var calls: [SiteCall] { engine.calls }

    package func forgetCalls() { engine.forgetCalls() }

    /// Requests that no recording covers, as `GET /path`.
    package var unrecorded: [String] { engine.unrecorded }

    /// What customers made and is still there.
    package var inventory: [SiteThing] { engine.inventory }
}

extension SiteCredential {
    fileprivate func entry(_ name: String, _ url: String, _ region: String) -> String {
        let scope =
            project.map { "      project_name: \($0)\n      project_domain_name: \(domain)\n" }
            ?? "      domain_name: \(domain)\n"
        return """
              \(name):
                region_name: \(region)
                auth:
                  auth_url: \(url)
                  username: \(username)
                  password: \(password)
                  user_domain_name: \(userDomain)
            \(scope)    identity_api_version: 3

            """
    }
}
