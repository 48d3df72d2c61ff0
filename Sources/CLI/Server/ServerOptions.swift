// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Clients
import FoundationEssentials
import JSONTree
import Kubernetes
import Resources

/// Which server is meant, and what of it.
struct ServerOptions: ParsableArguments {
    @Option(help: "The kubeconfig to use; otherwise KUBECONFIG, then ~/.kube/config.")
    var kubeconfig: String?
    @Option(help: "The context of the kubeconfig; otherwise its current one.")
    var context: String?
    @Option(help: "The organization, in the place of the one that the context names.")
    var organization: String?
    @Option(name: [.short, .long], help: "The namespace; otherwise the context's, then default.")
    var namespace: String?

    /// What the kubeconfigs say that are meant.
    func tree() throws -> JSON {
        try KubeconfigPlaces(named: kubeconfig, environment: ProcessInfo.processInfo.environment).tree()
    }

    func session() throws -> Session {
        var config = try Kubeconfig(try tree(), context: context)
        if let organization { config.server = Self.server(config.server, organization: organization) }
        let client = try RemoteClient(config, paths: .only(organization: ""))
        return Session(
            client: client, namespace: namespace ?? config.namespace ?? "default", terminal: .standard, time: .system)
    }

    /// The address of another organization on the same server.
    static func server(_ server: String, organization: String) -> String {
        let root = server.firstRange(of: "/organizations/").map { String(server[..<$0.lowerBound]) } ?? server
        let trimmed = root.hasSuffix("/") ? String(root.dropLast()) : root
        return organization.isEmpty ? trimmed : "\(trimmed)/organizations/\(organization)"
    }
}

/// A time as users write it: `90s`, `5m`, `1h`, `250ms`, or seconds without a unit.
struct Span: ExpressibleByArgument, Hashable, Sendable, CustomStringConvertible {
    let duration: Duration

    init(_ duration: Duration) { self.duration = duration }

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int64(digits), count < 1_000_000_000 else { return nil }
        switch argument.dropFirst(digits.count) {
        case "ms": duration = .milliseconds(count)
        case "s", "": duration = .seconds(count)
        case "m": duration = .seconds(count * 60)
        case "h": duration = .seconds(count * 3600)
        default: return nil
        }
    }

    var description: String { "\(duration.components.seconds)s" }
    var defaultValueDescription: String { description }
}
