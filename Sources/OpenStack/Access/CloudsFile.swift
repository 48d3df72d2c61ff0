// SPDX-License-Identifier: Apache-2.0

package import RESTClient

/// One cloud of a `clouds.yaml`: where Keystone is, who we are, and which of the site's endpoints are ours.
///
/// The text comes from a customer's Secret, so only known keys are taken and no key may name a file of this machine.
/// https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
package struct Cloud: Hashable, Sendable {
    /// Keystone's version 3 root, without a slash at the end: `https://api.example.com:5000/v3`.
    package var authURL: String
    package var credential: Credential
    package var scope: AuthScope
    package var region: String?
    package var interface: EndpointInterface
    package var trust: Trust
    /// Endpoints that replace the catalog's, by service.
    package var endpoints: [ServiceType: String]

    package init(
        authURL: String, credential: Credential, scope: AuthScope, region: String? = nil,
        interface: EndpointInterface = .public, trust: Trust = Trust(), endpoints: [ServiceType: String] = [:]
    ) {
        self.authURL = authURL
        self.credential = credential
        self.scope = scope
        self.region = region
        self.interface = interface
        self.trust = trust
        self.endpoints = endpoints
    }
}

/// Why a `clouds.yaml` is not taken: names the key, never its value.
package struct CloudsFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Its path in the file: `clouds.demo.auth.token`.
    package let key: String
    package let problem: String

    init(_ key: String, _ problem: String) {
        self.key = key
        self.problem = problem
    }

    package var description: String { "\(key) \(problem)" }
}

extension Cloud {
    /// Reads the cloud of that name, or the only one when no name is given.
    package init(cloudsFile text: String, name: String? = nil) throws(CloudsFileError) {
        let clouds = try CloudsFileMapping(root: text).mapping("clouds", allowed: nil)
        let name = if let name { name } else { try Self.onlyName(clouds) }
        let cloud = try clouds.mapping(name, allowed: CloudsFileKeys.cloud)
        try self.init(cloud)
    }

    private static func onlyName(_ clouds: CloudsFileMapping) throws(CloudsFileError) -> String {
        guard let name = clouds.keys.first, clouds.keys.count == 1 else {
            throw CloudsFileError(
                "clouds", "must hold one cloud, or a cloud must be named; it holds \(clouds.keys.count)")
        }
        return name
    }
}
