// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CLI

/// The one binary: server, and the commands that talk to one.
@main
struct SCS: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scs", abstract: "The control plane for sovereign clouds.",
        subcommands: [ServeCommand.self, ConfigCommand.self, CRDsCommand.self] + CLICommands.all)
}
