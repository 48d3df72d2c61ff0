// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `scs completion bash`: the script that a shell loads to complete our commands.
struct CompletionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion", abstract: "Print the completion script for a shell: bash, zsh or fish.",
        discussion: "For bash: source <(scs completion bash)")

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    /// The shells there are scripts for.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish
    }

    func run() throws {
        let script = Root.completionScript(for: CompletionShell(rawValue: shell.rawValue) ?? .bash)
        Terminal.standard.line(script)
    }

    /// Our commands below the binary's name, for the script.
    private struct Root: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "scs", subcommands: CLICommands.all)
    }
}
