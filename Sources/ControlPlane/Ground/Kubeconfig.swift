// SPDX-License-Identifier: Apache-2.0

import Login

/// A kubeconfig for the provider's administrator: a context for the root, and one for each organization that is named.
///
/// https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
struct Kubeconfig {
    /// `https://HOST:PORT`.
    var server: String
    var authorityPEM: String
    var user: String
    var certificate: IssuedCertificate
    var organizations: [String] = []
    /// The context to begin with: an organization's name; absent for the root.
    var current: String?
    /// The namespace of the organizations' contexts.
    var namespace: String?

    var text: String {
        let contexts = [("scs", server)] + organizations.map { ($0, "\(server)/organizations/\($0)") }
        let clusters = contexts.map { name, url in
            """
            - name: \(name)
              cluster:
                server: \(url)
                certificate-authority-data: \(Base64.encode(authorityPEM))

            """
        }
        let entries = contexts.map { name, _ in
            "- name: \(name)\n  context:\n    cluster: \(name)\n    user: \(user)\n"
                + (name == "scs" ? "" : namespace.map { "    namespace: \($0)\n" } ?? "")
        }
        return """
            apiVersion: v1
            kind: Config
            current-context: \(current ?? "scs")
            clusters:
            \(clusters.joined())contexts:
            \(entries.joined())users:
            - name: \(user)
              user:
                client-certificate-data: \(Base64.encode(certificate.certificatePEM))
                client-key-data: \(Base64.encode(certificate.keyPEM))

            """
    }
}
