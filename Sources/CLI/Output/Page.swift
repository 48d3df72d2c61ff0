// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import YAMLTree

/// One object as a page for people: metadata, spec and status indented, conditions and events as tables.
struct Page: Sendable {
    let object: Object
    let events: [Object]

    var lines: [String] {
        let metadata = object.metadata
        var lines = ["Name:      \(metadata.name)"]
        if !metadata.namespace.isEmpty { lines.append("Namespace: \(metadata.namespace)") }
        lines += ["Kind:      \(object.kind) (\(object.apiVersion))"]
        if let created = object.tree["metadata"]?["creationTimestamp"]?.string { lines.append("Created:   \(created)") }
        if let deleted = object.tree["metadata"]?["deletionTimestamp"]?.string {
            lines.append("Deleting:  since \(deleted)")
        }
        lines += section("Labels", object.tree["metadata"]?["labels"])
        lines += section("Annotations", annotations)
        for member in body { lines += section(Self.title(member.key), member.value) }
        return lines + conditions + eventLines
    }

    /// Without the copy of the whole object that applying leaves.
    private var annotations: JSON? {
        guard var annotations = object.tree["metadata"]?["annotations"] else { return nil }
        annotations[Applying.annotation] = nil
        return annotations
    }

    private var body: [JSONObject.Member] {
        (object.tree.object?.members ?? []).compactMap { member in
            guard !["apiVersion", "kind", "metadata"].contains(member.key) else { return nil }
            var member = member
            if member.key == "status" { member.value["conditions"] = nil }
            // Whoever may read a secret still does not want it on the screen.
            if object.kind == "Secret", member.key == "data" { member.value = Self.sizes(member.value) }
            return member
        }
    }

    private static func sizes(_ data: JSON) -> JSON {
        var sizes = JSONObject()
        for member in data.object?.members ?? [] {
            let text = member.value.string ?? ""
            let padding = text.utf8.suffix(2).count { $0 == UInt8(ascii: "=") }
            sizes[member.key] = .string("\(text.utf8.count / 4 * 3 - padding) bytes")
        }
        return .object(sizes)
    }

    private static func title(_ member: String) -> String { member.prefix(1).uppercased() + member.dropFirst() }

    private func section(_ title: String, _ value: JSON?) -> [String] {
        switch value {
        case nil, .null: []
        case .object(let object) where object.isEmpty: []
        case .array(let elements) where elements.isEmpty: []
        case .object(_), .array(_): ["\(title):"] + YAML.lines(value ?? .null).map { "  \($0)" }
        case let value?: ["\(title): " + YAML.lines(value).joined(separator: " ")]
        }
    }

    private var conditions: [String] {
        let conditions = object.status?["conditions"]?.array ?? []
        guard !conditions.isEmpty else { return [] }
        let rows = conditions.map { condition in
            ["type", "status", "reason", "lastTransitionTime", "message"].map { condition[$0]?.string ?? "" }
        }
        let table = TextTable(["TYPE", "STATUS", "REASON", "SINCE", "MESSAGE"], rows: rows)
        return ["Conditions:"] + table.lines.map { "  \($0)" }
    }

    private var eventLines: [String] {
        guard !events.isEmpty else { return ["Events: none"] }
        let rows: [[String]] = events.map(Self.row)
        let table = TextTable(["LAST SEEN", "TYPE", "REASON", "COUNT", "MESSAGE"], rows: rows.sorted { $0[0] < $1[0] })
        return ["Events:"] + table.lines.map { "  \($0)" }
    }

    private static func row(_ event: Object) -> [String] {
        let tree = event.tree
        let count: Int64 = tree["series"]?["count"]?.integer ?? tree["count"]?.integer ?? 1
        let times = [tree["lastTimestamp"], tree["eventTime"], tree["metadata"]?["creationTimestamp"]]
        let time = times.compactMap { $0?.string }.first ?? ""
        return [
            time, tree["type"]?.string ?? "", tree["reason"]?.string ?? "", String(count),
            tree["message"]?.string ?? "",
        ]
    }
}
