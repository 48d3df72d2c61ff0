// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONTree
import Kubernetes
import YAMLTree

/// `scs kubeconfig --organization acme`: a kubeconfig whose current context is that organization.
struct KubeconfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kubeconfig", abstract: "Print the kubeconfig with a context for an organization.",
        discussion: "It holds keys: scs kubeconfig --organization acme > acme.kubeconfig && chmod 600 acme.kubeconfig")

    @Option(help: "The data folder of a server on this machine, whose administrator's kubeconfig is the source.")
    var data: String?
    @OptionGroup var server: ServerOptions

    func run() throws {
        do {
            var options = server
            if let data { options.kubeconfig = data + "/admin.kubeconfig" }
            let tree = try options.tree()
            let merged = try OrganizationContext(
                organization: server.organization ?? "", namespace: server.namespace, source: server.context
            ).added(to: tree)
            for line in YAML.lines(merged) { Terminal.standard.line(line) }
        } catch {
            throw Terminal.standard.exit(error)
        }
    }
}

/// The cluster and the context of one organization, as a kubeconfig has them.
struct OrganizationContext: Sendable {
    /// Empty for the provider's root.
    let organization: String
    let namespace: String?
    /// The context whose server and user are taken; otherwise the current one.
    let source: String?

    /// The kubeconfig with the organization's context, which becomes the current one.
    func added(to config: JSON) throws(CLIError) -> JSON {
        let origin = source ?? config["current-context"]?.string ?? ""
        guard var context = Self.element(origin, of: config["contexts"])?["context"],
            var cluster = Self.element(context["cluster"]?.string ?? "", of: config["clusters"])?["cluster"]
        else { throw CLIError(#"the kubeconfig has no usable context "\#(origin)"; name one with --context"#) }
        let server = cluster["server"]?.string ?? ""
        cluster["server"] = .string(ServerOptions.server(server, organization: organization))
        let name = organization.isEmpty ? "scs" : organization
        context["cluster"] = .string(name)
        context["namespace"] = namespace.map(JSON.string) ?? context["namespace"]
        var config = config
        config["clusters"] = Self.put(["name": .string(name), "cluster": cluster], into: config["clusters"])
        config["contexts"] = Self.put(["name": .string(name), "context": context], into: config["contexts"])
        config["current-context"] = .string(name)
        return config
    }

    private static func element(_ name: String, of list: JSON?) -> JSON? {
        list?.array?.first { $0["name"]?.string == name }
    }

    private static func put(_ element: JSON, into list: JSON?) -> JSON {
        .array((list?.array ?? []).filter { $0["name"] != element["name"] } + [element])
    }
}
