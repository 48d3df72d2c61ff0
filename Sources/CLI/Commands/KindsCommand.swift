// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Resources

/// `scs kinds`: what the server has.
struct KindsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kinds", abstract: "List the kinds that the server has.")

    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await server.run { session in
            let entries = try await APICatalog(from: session.client).entries
            let rows = entries.map { entry in
                [
                    entry.type.plural, entry.shortNames.joined(separator: ","), entry.type.kind.groupVersion.text,
                    entry.type.isNamespaced ? "yes" : "no", entry.type.kind.kind,
                ]
            }
            let table = TextTable(["NAME", "SHORT", "GROUP AND VERSION", "NAMESPACED", "KIND"], rows: rows)
            for line in table.lines { session.terminal.line(line) }
        }
    }
}
