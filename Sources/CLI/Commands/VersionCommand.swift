// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Kubernetes
import JSONTree

/// `scs version`: of this binary and of the server.
struct VersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the versions of this client and of the server.")

    /// The version of this binary.
    static let client = "0.1.0"

    @Flag(help: "Ask no server.")
    var client = false
    @OptionGroup var server: ServerOptions

    func run() async throws {
        Terminal.standard.line("client: \(Self.client)")
        guard !client else { return }
        try await server.run { session in
            let version = try await session.client.document("/version")
            session.terminal.line("server: \(version["gitVersion"]?.string ?? "unknown")")
        }
    }
}
