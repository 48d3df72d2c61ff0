// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import RESTClient
import Yams

extension Kubeconfig {
    /// Reads one context of a kubeconfig's text, the current one when none is named.
    ///
    /// Everything must stand in the text itself: members that name a file or a program to run are refused.
    package init(parsing text: String, context name: String? = nil) throws(KubeconfigError) {
        let root = try Section(root: text)
        let current = try root.text("current-context")
        guard let name = name ?? current else {
            throw KubeconfigError("current-context", "is required when no context is named")
        }
        let context = try root.named(name, in: "contexts").section("context")
        let cluster = try root.named(try context.required("cluster"), in: "clusters").section("cluster")
        self.init(
            server: try cluster.required("server"), trust: Trust(try Self.roots(cluster)),
            namespace: try context.text("namespace"))
        guard let userName = try context.text("user") else { return }
        let user = try root.named(userName, in: "users").section("user")
        token = try user.text("token")
        trust.identity = try Self.identity(user)
    }

    private static func roots(_ cluster: Section) throws(KubeconfigError) -> Trust.Roots {
        try cluster.refuse(["certificate-authority", "proxy-url", "tls-server-name"])
        if try cluster.text("insecure-skip-tls-verify") == "true" { return .anything }
        return try cluster.pem("certificate-authority-data").map { .only(pem: $0) } ?? .system
    }

    private static func identity(_ user: Section) throws(KubeconfigError) -> Trust.Identity? {
        try user.refuse(["client-certificate", "client-key", "tokenFile", "exec", "auth-provider", "username"])
        switch (try user.pem("client-certificate-data"), try user.pem("client-key-data")) {
        case (let certificates?, let key?): return Trust.Identity(certificates: certificates, privateKey: key)
        case (nil, nil): return nil
        case (nil, _): throw KubeconfigError(user.path("client-certificate-data"), "is required beside the key")
        case (_, nil): throw KubeconfigError(user.path("client-key-data"), "is required beside the certificate")
        }
    }
}

/// One mapping of a kubeconfig, which knows where it stands.
private struct Section {
    private let place: String
    private let node: Node.Mapping

    /// Larger texts are refused, in bytes.
    private static let limit = 1 << 20

    init(root text: String) throws(KubeconfigError) {
        guard text.utf8.count <= Self.limit else {
            throw KubeconfigError("kubeconfig", "is larger than \(Self.limit) bytes")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            // The parser's own message quotes the line, which may hold a key.
            throw KubeconfigError("kubeconfig", "is not valid YAML")
        }
        guard let mapping = node?.mapping else { throw KubeconfigError("kubeconfig", "must be a mapping") }
        self.init(place: "", node: mapping)
    }

    private init(place: String, node: Node.Mapping) {
        self.place = place
        self.node = node
    }

    func path(_ member: String) -> String { place.isEmpty ? member : "\(place).\(member)" }

    /// The text of a scalar; absent when it is absent or empty.
    func text(_ member: String) throws(KubeconfigError) -> String? {
        guard let node = node[member], node.null == nil else { return nil }
        guard let text = node.scalar?.string else { throw KubeconfigError(path(member), "must be a text") }
        return text.isEmpty ? nil : text
    }

    func required(_ member: String) throws(KubeconfigError) -> String {
        guard let text = try text(member) else { throw KubeconfigError(path(member), "is required") }
        return text
    }

    /// The PEM text that stands here in base64.
    func pem(_ member: String) throws(KubeconfigError) -> String? {
        guard let text = try text(member) else { return nil }
        guard let data = Data(base64Encoded: text) else { throw KubeconfigError(path(member), "must be base64") }
        return String(decoding: data, as: UTF8.self)
    }

    func section(_ member: String) throws(KubeconfigError) -> Section {
        guard let mapping = node[member]?.mapping else { throw KubeconfigError(path(member), "must be a mapping") }
        return Section(place: path(member), node: mapping)
    }

    /// The element of a list of named mappings.
    func named(_ name: String, in list: String) throws(KubeconfigError) -> Section {
        for (index, element) in (node[list]?.sequence ?? []).enumerated() where element["name"]?.string == name {
            guard let mapping = element.mapping else { continue }
            return Section(place: "\(list)[\(index)]", node: mapping)
        }
        throw KubeconfigError(list, #"has nothing named "\#(name)""#)
    }

    func refuse(_ members: [String]) throws(KubeconfigError) {
        for member in members where node[member] != nil {
            throw KubeconfigError(
                path(member), "is not supported; embed data with: kubectl config view --flatten --minify")
        }
    }
}
