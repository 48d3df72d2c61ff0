// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Clients
import Kubernetes
import Resources

/// `scs describe vm web`.
struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Show an object on a page, with its conditions and events.")

    @Argument(help: "A kind, or KIND/NAME.")
    var kind: String
    @Argument(help: "Names of objects.")
    var names: [String] = []
    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await server.run { session in
            let (kind, names) = Target.split(kind, names)
            try await Describing(session: session).describe(kind, names)
        }
    }
}

/// `scs describe`: pages of objects with what happened to them.
struct Describing: Sendable {
    let session: Session

    func describe(_ kind: String, _ names: [String]) async throws {
        guard !names.isEmpty else { throw CLIError("name the objects to describe: scs describe \(kind) NAME") }
        let type = try await APICatalog(from: session.client).type(kind)
        for (index, name) in names.enumerated() {
            if index > 0 { session.terminal.line("") }
            let object = try await session.client.get(type, session.key(type, name))
            for line in Page(object: object, events: try await events(of: object)).lines { session.terminal.line(line) }
        }
    }

    /// Events about the object; none when the user may not read them.
    private func events(of object: Object) async throws -> [Object] {
        let type = ResourceType(group: "", version: "v1", kind: "Event", plural: "events")
        let namespace = object.metadata.namespace
        let query = ListQuery(
            Scope(.one(""), namespace: namespace.isEmpty ? "default" : namespace),
            fieldSelector: "involvedObject.uid=\(object.metadata.uid ?? "")")
        do {
            return try await session.client.list(type, query).items
        } catch let error as APIError where [.forbidden, .notFound].contains(error.reason) {
            return []
        }
    }
}
