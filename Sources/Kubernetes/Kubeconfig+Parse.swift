// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import JSONTree
import RESTClient

extension Kubeconfig {
    /// Reads one context of a kubeconfig's text, the current one when none is named.
    ///
    /// Everything must stand in the text itself: members that name a file or a program to run are refused.
    package init(parsing text: String, context name: String? = nil) throws(KubeconfigError) {
        try self.init(try Self.joined([(name: "kubeconfig", text: text)]), context: name)
    }

    /// Reads one context of a kubeconfig's tree, as `joined` gives it.
    package init(_ tree: JSON, context name: String? = nil) throws(KubeconfigError) {
        let root = Section(root: tree)
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
    private let node: JSON

    init(root: JSON) { self.init(place: "", node: root) }

    private init(place: String, node: JSON) {
        self.place = place
        self.node = node
    }

    func path(_ member: String) -> String { place.isEmpty ? member : "\(place).\(member)" }

    /// The text of a scalar; absent when it is absent or empty.
    func text(_ member: String) throws(KubeconfigError) -> String? {
        switch node[member] {
        case nil, .null: return nil
        case .string(let text): return text.isEmpty ? nil : text
        case .object, .array: throw KubeconfigError(path(member), "must be a text")
        // Without quotes it looked like something else.
        case let scalar?: return scalar.text
        }
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
        guard let mapping = node[member], mapping.object != nil else {
            throw KubeconfigError(path(member), "must be a mapping")
        }
        return Section(place: path(member), node: mapping)
    }

    /// The element of a list of named mappings.
    func named(_ name: String, in list: String) throws(KubeconfigError) -> Section {
        for (index, element) in (node[list]?.array ?? []).enumerated() where element["name"]?.string == name {
            return Section(place: "\(list)[\(index)]", node: element)
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
