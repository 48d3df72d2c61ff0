// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import Login
import Resources
import YAMLTree

/// The provider's issuers, in a file of upstream's format.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration
struct AuthenticationFile: Sendable {
    let issuers: [IssuerSettings]

    /// Why a file cannot be used, with every fault of it.
    struct Invalid: Error, CustomStringConvertible {
        let path: String
        let faults: [String]
        var description: String {
            "\(path) is no usable AuthenticationConfiguration: \(faults.joined(separator: "; "))"
        }
    }

    private static let versions = ["v1", "v1beta1", "v1alpha1"].map { "apiserver.config.k8s.io/\($0)" }

    private init() { issuers = [] }

    /// Reads a file; without a path there are no issuers.
    init(path: String?) throws {
        guard let path else {
            self.init()
            return
        }
        let text: String
        do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw Invalid(path: path, faults: ["it cannot be read"])
        }
        try self.init(text: text, path: path)
    }

    /// `path` is for messages.
    init(text: String, path: String) throws {
        guard let documents = try? YAML.documents(text, anchors: .expanded), documents.count == 1,
            let tree = documents.first, let members = tree.object
        else { throw Invalid(path: path, faults: ["it must be one YAML mapping"]) }
        var faults: [String] = []
        if !Self.versions.contains(tree["apiVersion"]?.string ?? "") {
            faults.append("apiVersion must be \(Self.versions[0])")
        }
        if tree["kind"]?.string != "AuthenticationConfiguration" {
            faults.append("kind must be AuthenticationConfiguration")
        }
        for key in members.keys where !["apiVersion", "kind", "jwt"].contains(key) {
            faults.append("\(key): is not supported; remove it")
        }
        let (issuers, issues) = IssuerSettings.read(tree["jwt"], at: "jwt")
        faults += issues.map(\.text)
        guard faults.isEmpty else { throw Invalid(path: path, faults: faults) }
        self.issuers = issuers
    }
}
