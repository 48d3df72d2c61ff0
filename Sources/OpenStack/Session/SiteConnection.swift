// SPDX-License-Identifier: Apache-2.0

package import RESTClient
import Synchronization

/// What all sessions of one site share: the way there, its addresses, and what was learned of its services.
package final class SiteConnection: Sendable {
    /// The site's name, for messages.
    package let name: String
    let transport: any RESTTransport
    let authURL: String
    let region: String?
    let interface: EndpointInterface
    let endpoints: [ServiceType: String]
    private let versions = Mutex<[ServiceType: Microversion]>([:])

    /// The transport is complete: with retries and breaker, as the caller wants them.
    package init(
        name: String, transport: any RESTTransport, authURL: String, region: String? = nil,
        interface: EndpointInterface = .public, endpoints: [ServiceType: String] = [:]
    ) {
        self.name = name
        self.transport = transport
        self.authURL = authURL
        self.region = region
        self.interface = interface
        self.endpoints = endpoints
    }

    /// The site of a `clouds.yaml` entry.
    package convenience init(name: String, cloud: Cloud, transport: any RESTTransport) {
        self.init(
            name: name, transport: transport, authURL: cloud.authURL, region: cloud.region,
            interface: cloud.interface, endpoints: cloud.endpoints)
    }

    /// The address of a service: the site's override, else the catalog's.
    func address(of service: ServiceType, in catalog: Catalog) -> ServiceAddress? {
        if let url = endpoints[service] { return ServiceAddress(url, of: service) }
        // Keystone answered there already; its catalog entry may name an address that only the site itself reaches.
        if service == .identity { return ServiceAddress(authURL, of: service) }
        return catalog.url(of: service, interface: interface, region: region).map { ServiceAddress($0, of: service) }
    }

    /// The microversion learned for a service.
    func microversion(of service: ServiceType) -> Microversion? { versions.withLock { $0[service] } }

    func learn(_ version: Microversion, of service: ServiceType) { versions.withLock { $0[service] = version } }

    /// Forgets it, when a service no longer takes it: the site was changed.
    func forgetMicroversion(of service: ServiceType) { versions.withLock { $0[service] = nil } }
}
