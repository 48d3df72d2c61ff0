// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Clients
import JSONTree
import Kubernetes
import Resources
import YAMLTree

/// How objects are shown.
enum OutputForm: String, CaseIterable, Sendable, ExpressibleByArgument {
    case table, wide, yaml, json, name
}

/// `scs get`: shows objects of any kind, and goes on showing how they change.
struct Getting: Sendable {
    let session: Session
    var form = OutputForm.table
    var isEverywhere = false
    var labels: String?

    init(_ session: Session, form: OutputForm = .table, isEverywhere: Bool = false, labels: String? = nil) {
        self.session = session
        self.form = form
        self.isEverywhere = isEverywhere
        self.labels = labels
    }

    /// Shows the named objects of a kind, or all of the kinds.
    func show(_ words: String, names: [String]) async throws {
        let types = try await APICatalog(from: session.client).types(words)
        guard names.isEmpty || types.count == 1 else {
            throw CLIError("names can be given for one kind only; name one kind or leave the names out")
        }
        switch form {
        case .table, .wide:
            var isFirst = true
            for type in types {
                isFirst = try await table(type, names, isFirst: isFirst, isAlone: types.count == 1) && isFirst
            }
        case .yaml, .json, .name:
            var objects: [Object] = []
            for type in types { objects += try await self.objects(type, names) }
            print(objects, isSingle: types.count == 1 && names.count == 1)
        }
    }

    private func query(_ type: ResourceType) -> ListQuery {
        ListQuery(session.scope(type, everywhere: isEverywhere), labelSelector: labels)
    }

    private func objects(_ type: ResourceType, _ names: [String]) async throws -> [Object] {
        var objects: [Object] = []
        for name in names { objects.append(try await session.client.get(type, session.key(type, name))) }
        guard names.isEmpty else { return objects }
        var query = query(type)
        repeat {
            let page = try await session.client.list(type, query)
            objects += page.items
            query.continueToken = page.continueToken
        } while query.continueToken != nil
        return objects
    }

    private func print(_ objects: [Object], isSingle: Bool) {
        if form == .name {
            for object in objects { session.terminal.line(object.title) }
            return
        }
        let tree: JSON =
            isSingle && objects.count == 1
            ? objects[0].tree
            : [
                "apiVersion": "v1", "kind": "List", "metadata": ["resourceVersion": ""],
                "items": .array(objects.map(\.tree)),
            ]
        for line in form == .yaml ? YAML.lines(tree) : JSONText.lines(tree) { session.terminal.line(line) }
    }

    /// Shows one kind's table; true when it was empty and nothing was shown.
    private func table(_ type: ResourceType, _ names: [String], isFirst: Bool, isAlone: Bool) async throws -> Bool {
        var answers: [JSON] = []
        for name in names {
            answers.append(try await session.client.table(type, name: name, query(type)))
        }
        if names.isEmpty {
            var query = query(type)
            repeat {
                let page = try await session.client.table(type, query)
                answers.append(page)
                query.continueToken = page["metadata"]?["continue"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            } while query.continueToken != nil
        }
        guard let first = answers.first else { return true }
        let shape = ServerTable(first, isWide: form == .wide, showsNamespace: isEverywhere && type.isNamespaced)
        let rows = answers.flatMap(shape.rows)
        guard !rows.isEmpty else {
            if isAlone { session.terminal.note(nothing(type)) }
            return true
        }
        if !isFirst { session.terminal.line("") }
        show(TextTable(shape.header, rows: rows))
        return false
    }

    private func show(_ table: TextTable) {
        for (index, line) in table.lines.enumerated() {
            session.terminal.line(index == 0 ? session.terminal.lines.paint(line, .bold) : line)
        }
    }

    private func nothing(_ type: ResourceType) -> String {
        let place = type.isNamespaced && !isEverywhere ? #" in namespace "\#(session.namespace)""# : ""
        return "no \(type.plural)\(place)"
    }
}

extension Getting {
    /// Shows a kind's table and, row by row, what changes, until the server or the user ends it.
    func follow(_ word: String, name: String?) async throws {
        guard form == .table || form == .wide else { throw CLIError("--watch shows tables only; leave -o out") }
        let type = try await APICatalog(from: session.client).type(word)
        let page = try await session.client.table(type, query(type))
        let shape = ServerTable(page, isWide: form == .wide, showsNamespace: isEverywhere && type.isNamespaced)
        let selected = selecting(page, name: name)
        var table = TextTable(shape.header, rows: shape.rows(selected))
        show(table)
        let query = WatchQuery(
            session.scope(type, everywhere: isEverywhere),
            after: page["metadata"]?["resourceVersion"]?.string ?? "", labelSelector: labels,
            fieldSelector: name.map { "metadata.name=\($0)" })
        for try await event in try await session.client.tableChanges(type, query) {
            for row in shape.rows(event.body) {
                table.widen(for: row)
                session.terminal.line(table.line(row))
            }
        }
    }

    private func selecting(_ page: JSON, name: String?) -> JSON {
        guard let name, let rows = page["rows"]?.array else { return page }
        return ["rows": .array(rows.filter { $0["object"]?["metadata"]?["name"]?.string == name })]
    }
}

extension WatchEvent {
    fileprivate var body: JSON {
        switch self {
        case .added(let object), .modified(let object), .deleted(let object): object.tree
        case .bookmark: .null
        }
    }
}

extension Object {
    /// `virtualmachine.compute.scs.community/web`.
    var title: String {
        let kind = groupVersionKind
        let word = kind.kind.lowercased()
        return (kind.group.isEmpty ? word : "\(word).\(kind.group)") + "/\(metadata.name)"
    }
}
