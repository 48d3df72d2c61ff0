// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `scs get vm`, `scs get vm web -o yaml`, `scs get vm,volumes -A`, `scs get vm -w`.
struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Show objects of any kind as a table, as YAML or as JSON.")

    @Argument(help: "A kind, several with commas between, KIND/NAME, or a category.")
    var kind: String
    @Argument(help: "Names of objects; all when none is given.")
    var names: [String] = []
    @Option(name: [.short, .long], help: "table, wide, yaml, json or name.")
    var output = OutputForm.table
    @Flag(name: [.customShort("A"), .long], help: "In all namespaces.")
    var allNamespaces = false
    @Option(
        name: [.customShort("l"), .customLong("selector")], help: "Only objects with these labels: app=web,tier!=db.")
    var selector: String?
    @Flag(name: [.short, .long], help: "Go on showing what changes.")
    var watch = false
    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await server.run { session in
            let (kind, names) = Target.split(kind, names)
            let work = Getting(session, form: output, isEverywhere: allNamespaces, labels: selector)
            if watch {
                try await work.follow(kind, name: names.first)
            } else {
                try await work.show(kind, names: names)
            }
        }
    }
}
