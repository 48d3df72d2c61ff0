// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser

/// The commands that talk to a server; the binary lists them beside its own.
///
/// They are asynchronous, so the binary's root command must be an `AsyncParsableCommand`.
package enum CLICommands {
    package static var all: [any ParsableCommand.Type] {
        [
            GetCommand.self, DescribeCommand.self, ApplyCommand.self, DeleteCommand.self, WaitCommand.self,
            KindsCommand.self, VersionCommand.self, KubeconfigCommand.self, CompletionCommand.self,
        ]
    }
}
