// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Clients
import Kubernetes
import Resources

/// `scs delete vm web` and `scs delete -f FILE`.
struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete objects.")

    @Argument(help: "A kind and names of objects, or KIND/NAME.")
    var target: [String] = []
    @Option(name: [.customShort("f"), .long], help: "Delete what a file, a folder or - describes; may be repeated.")
    var filename: [String] = []
    @Flag(help: "Wait until they are gone.")
    var wait = false
    @Flag(help: "It is no failure when there is nothing to delete.")
    var ignoreNotFound = false
    @Option(help: "How long to wait for each: 90s, 5m, 1h.")
    var timeout = Span(.seconds(600))
    @OptionGroup var server: ServerOptions

    func validate() throws {
        guard target.isEmpty != filename.isEmpty else {
            throw ValidationError("Give either KIND NAME or -f FILE.")
        }
    }

    func run() async throws {
        try await server.run { session in
            let work = Deleting(session: session, ignoresAbsent: ignoreNotFound)
            let deleted =
                filename.isEmpty ? try await work.delete(target) : try await work.delete(try Manifests.read(filename))
            guard wait else { return }
            for (type, key) in deleted {
                try await Waiting(session: session, goal: .deletion, timeout: timeout.duration).wait(type, key)
            }
        }
    }
}

/// `scs delete`: asks for the deletion of named objects, or of those in files.
struct Deleting: Sendable {
    let session: Session
    let ignoresAbsent: Bool

    /// Deletes `vm web db`, or `vm/web`.
    func delete(_ target: [String]) async throws -> [(type: ResourceType, key: ObjectKey)] {
        let (kind, names) = Target.split(target.first ?? "", Array(target.dropFirst()))
        guard !names.isEmpty else { throw CLIError("name the objects to delete: scs delete \(kind) NAME") }
        let type = try await APICatalog(from: session.client).type(kind)
        return try await delete(names.map { (type, session.key(type, $0)) })
    }

    /// Deletes in the reverse order of the files, so that users go before what they use.
    func delete(_ objects: [Object]) async throws -> [(type: ResourceType, key: ObjectKey)] {
        let catalog = try await APICatalog(from: session.client)
        let targets = try objects.reversed().map { object in
            let type = try catalog.entry(object.groupVersionKind).type
            return (type, session.key(type, object.metadata.name, namespace: object.metadata.namespace))
        }
        return try await delete(targets)
    }

    private func delete(
        _ targets: [(ResourceType, ObjectKey)]
    ) async throws -> [(type: ResourceType, key: ObjectKey)] {
        var deleted: [(type: ResourceType, key: ObjectKey)] = []
        for (type, key) in targets {
            do {
                try await session.client.delete(type, key, DeleteOptions())
            } catch let error as APIError where error.reason == .notFound && ignoresAbsent {
                continue
            }
            session.terminal.line(#"\#(type.groupResource.text) "\#(key.name)" deletion asked for"#)
            deleted.append((type, key))
        }
        return deleted
    }
}
