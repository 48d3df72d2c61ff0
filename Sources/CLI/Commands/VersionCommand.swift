// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Kubernetes
import Observing
import JSONTree

/// `scs version`: of this binary and of the server.
struct VersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the versions of this client and of the server.")

    @Flag(help: "Ask no server.")
    var client = false
    @OptionGroup var server: ServerOptions

    func run() async throws {
        Terminal.standard.line("client: \(Product.version)")
        guard !client else { return }
        try await server.run { session in
            let version = try await session.client.document("/version")
            session.terminal.line("server: \(Self.server(version["gitVersion"]?.string ?? ""))")
        }
    }

    /// `v1.32.0+scs-0.1.0` is the Kubernetes protocol of 1.32.0, spoken by our 0.1.0.
    static func server(_ text: String) -> String {
        let parts = text.split(separator: "+scs-", maxSplits: 1).map(String.init)
        return parts.count == 2 ? "\(parts[1]) (Kubernetes \(parts[0]))" : "Kubernetes \(text)"
    }
}
