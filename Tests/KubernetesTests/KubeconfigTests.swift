// SPDX-License-Identifier: Apache-2.0

import RESTClient
import Testing

@testable import Kubernetes

@Suite("Kubeconfig")
struct KubeconfigTests {
    static func text(cluster: String = "", user: String = "token: t0ken", context: String = "") -> String {
        """
        apiVersion: v1
        kind: Config
        current-context: here
        clusters:
          - name: other
            cluster: {server: "https://other:6443"}
          - name: ours
            cluster:
              server: https://127.0.0.1:6443
              \(cluster)
        users:
          - name: me
            user:
              \(user)
        contexts:
          - name: there
            context: {cluster: other}
          - name: here
            context:
              cluster: ours
              user: me
              \(context)
        """
    }

    @Test("the current context is read, with server, trust, token and namespace")
    func current() throws {
        let config = try Kubeconfig(
            parsing: Self.text(cluster: "certificate-authority-data: UEVN", context: "namespace: demo"))
        #expect(config.server == "https://127.0.0.1:6443")
        #expect(config.trust == Trust(.only(pem: "PEM")))
        #expect(config.token == "t0ken")
        #expect(config.namespace == "demo")
    }

    @Test("a named context is read, without a user")
    func named() throws {
        let config = try Kubeconfig(parsing: Self.text(), context: "there")
        #expect(config.server == "https://other:6443")
        #expect(config.trust == Trust(.system))
        #expect(config.token == nil)
    }

    @Test("a client certificate needs its key")
    func identity() throws {
        let config = try Kubeconfig(
            parsing: Self.text(user: "{client-certificate-data: Q0VSVA==, client-key-data: S0VZ}"))
        #expect(config.trust.identity == Trust.Identity(certificates: "CERT", privateKey: "KEY"))
        #expect(throws: KubeconfigError("users[0].user.client-key-data", "is required beside the certificate")) {
            try Kubeconfig(parsing: Self.text(user: "{client-certificate-data: Q0VSVA==}"))
        }
    }

    @Test("of several files the first to say something wins, and lists are joined by name")
    func joined() throws {
        let first = "current-context: there\nusers: [{name: me, user: {token: first}}]\ncontexts: []"
        let tree = try Kubeconfig.joined([("first", first), ("empty", ""), ("second", Self.text())])
        #expect(try Kubeconfig(tree).server == "https://other:6443")
        #expect(try Kubeconfig(tree, context: "here").token == "first")
        #expect(throws: KubeconfigError("third", "must be a mapping")) {
            try Kubeconfig.joined([("first", first), ("third", "[]")])
        }
    }

    @Test("an insecure cluster believes anything")
    func insecure() throws {
        #expect(try Kubeconfig(parsing: Self.text(cluster: "insecure-skip-tls-verify: true")).trust == Trust(.anything))
    }

    @Test(
        "what is wrong is named by its place, without its value",
        arguments: [
            ("{", "kubeconfig: is not valid YAML"), ("[]", "kubeconfig: must be a mapping"),
            ("{}", "current-context: is required when no context is named"),
            ("current-context: x", #"contexts: has nothing named "x""#),
            (
                text(cluster: "certificate-authority-data: '***'"),
                "clusters[1].cluster.certificate-authority-data: must be base64"
            ),
            (
                text(cluster: "certificate-authority: /etc/s3cret"),
                "clusters[1].cluster.certificate-authority: is not supported; embed data with: "
                    + "kubectl config view --flatten --minify"
            ),
            (
                text(user: "exec: {command: s3cret}"),
                "users[0].user.exec: is not supported; embed data with: kubectl config view --flatten --minify"
            ),
        ])
    func wrong(text: String, message: String) {
        let error = #expect(throws: KubeconfigError.self) { try Kubeconfig(parsing: text) }
        #expect(error?.description == message)
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test("its description shows no secret")
    func description() throws {
        let config = try Kubeconfig(parsing: Self.text())
        #expect(!"\(config)".contains("t0ken") && !String(reflecting: config).contains("t0ken"))
    }
}
