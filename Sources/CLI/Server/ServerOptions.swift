// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Clients
import FoundationEssentials
import Kubernetes
import Resources

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

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

    /// Where the kubeconfig stands.
    var path: String {
        let environment = ProcessInfo.processInfo.environment
        if let kubeconfig { return kubeconfig }
        if let listed = environment["KUBECONFIG"], let first = listed.split(separator: ":").first {
            return String(first)
        }
        return (environment["HOME"] ?? "") + "/.kube/config"
    }

    func text() throws(CLIError) -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw CLIError("cannot read \(path); name a kubeconfig with --kubeconfig or KUBECONFIG")
        }
    }

    func session() throws -> Session {
        var config = try Kubeconfig(parsing: try text(), context: context)
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

extension Terminal {
    /// Standard output and standard error; colour only for a person who does not refuse it.
    static let standard = Terminal(
        line: { send($0 + "\n", to: STDOUT_FILENO) }, note: { send($0 + "\n", to: STDERR_FILENO) },
        hasColour: isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil)

    private static func send(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
