// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlPlane

/// `scs serve`: the server.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the server.",
        discussion: """
            Settings come from flags, from the environment (SCS_PORT for --port) and from a YAML file (port: 8443); \
            `scs config` prints all of them with their defaults. On SIGTERM or SIGINT the server drains and ends.
            """)

    @OptionGroup var settings: SettingOptions

    @Flag(help: "Begin with two simulated sites and an organization to try them with.")
    var demo = false

    @Option(help: "Begin with a real site: the entry of your clouds.yaml by this name, with the rights of its project.")
    var siteCloud: String?

    func validate() throws {
        if demo, siteCloud != nil { throw ValidationError("--demo and --site-cloud exclude each other") }
    }

    func run() async throws {
        let begin: Server.Beginning = siteCloud.map { .siteCloud($0) } ?? (demo ? .demo : .empty)
        try await Server.run(try await settings.settings(), begin)
    }
}
