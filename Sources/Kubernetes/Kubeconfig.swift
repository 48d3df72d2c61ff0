// SPDX-License-Identifier: Apache-2.0

package import RESTClient

/// How one context of a kubeconfig reaches its server.
///
/// https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
package struct Kubeconfig: Sendable {
    package var server: String
    package var trust: Trust
    /// The text behind `Authorization: Bearer `.
    package var token: String?
    /// The namespace that the context names; absent when it names none.
    package var namespace: String?

    package init(server: String, trust: Trust, token: String? = nil, namespace: String? = nil) {
        self.server = server
        self.trust = trust
        self.token = token
        self.namespace = namespace
    }
}

extension Kubeconfig: CustomStringConvertible, CustomReflectable {
    /// Never the token or the key.
    package var description: String { "kubeconfig for \(server)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// What is wrong with a kubeconfig; names the member and never its value.
package struct KubeconfigError: Error, Hashable, Sendable, CustomStringConvertible {
    package let member: String
    package let message: String
    package var description: String { "\(member): \(message)" }

    package init(_ member: String, _ message: String) {
        self.member = member
        self.message = message
    }
}

extension RemoteClient {
    /// A client over the network as a kubeconfig says; throws when a certificate or key cannot be read.
    package init(_ config: Kubeconfig, paths: RemotePaths = .organizations) throws {
        let transport = try HTTPTransport(HTTPTransport.Settings(trust: config.trust))
        self.init(transport, server: config.server, token: config.token, paths: paths)
    }
}
