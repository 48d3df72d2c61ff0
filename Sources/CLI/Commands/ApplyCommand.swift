// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `scs apply -f FILE`: makes the server's objects say what files say.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Create or change objects so that they say what files say.")

    @Option(name: [.customShort("f"), .long], help: "A file, a folder, or - for standard input; may be repeated.")
    var filename: [String]
    @Flag(help: "Let the server check everything and store nothing.")
    var dryRun = false
    @Flag(help: "Wait until every object is ready.")
    var wait = false
    @Option(help: "How long to wait, in all: 90s, 5m, 1h.")
    var timeout = Span(.seconds(600))
    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await server.run { session in
            let work = Applying(session: session, isDryRun: dryRun)
            let applied = try await work.apply(try Manifests.read(filename))
            if wait, !dryRun { try await work.wait(applied, timeout: timeout.duration) }
        }
    }
}
