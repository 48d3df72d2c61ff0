// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import Resources
import Yams

/// The objects that files describe: YAML of one or many documents, or JSON, which YAML includes.
enum Manifests {
    /// Reads a file, a folder's files in the order of their names, or standard input for `-`.
    static func read(_ places: [String]) throws(CLIError) -> [Object] {
        var objects: [Object] = []
        for place in places {
            for file in try files(at: place) { objects += try parse(try text(of: file), file: file) }
        }
        guard !objects.isEmpty else { throw CLIError("no objects in \(places.joined(separator: ", "))") }
        return objects
    }

    private static func files(at place: String) throws(CLIError) -> [String] {
        guard place != "-" else { return [place] }
        var isFolder = false
        guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
            throw CLIError("there is no file or folder \(place)")
        }
        guard isFolder else { return [place] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        return names.filter { name in [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) } }.sorted()
            .map { "\(place)/\($0)" }
    }

    private static func text(of file: String) throws(CLIError) -> String {
        if file == "-" {
            var lines: [String] = []
            while let line = readLine(strippingNewline: false) { lines.append(line) }
            return lines.joined()
        }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw CLIError("cannot read \(file)")
        }
        return text
    }

    /// The objects of one text; the file is for messages.
    static func parse(_ text: String, file: String) throws(CLIError) -> [Object] {
        var objects: [Object] = []
        for node in try documents(text, file: file) where node.null == nil {
            let tree = try YAMLTree(file: file).json(node)
            let isList = tree["kind"]?.string == "List" && tree["apiVersion"]?.string == "v1"
            for item in isList ? tree["items"]?.array ?? [] : [tree] { objects.append(try object(item, file: file)) }
        }
        return objects
    }

    /// The one document of a text, such as a kubeconfig.
    static func tree(_ text: String, file: String) throws(CLIError) -> JSON {
        guard let node = try documents(text, file: file).first else { throw CLIError("\(file) is empty") }
        return try YAMLTree(file: file).json(node)
    }

    private static func documents(_ text: String, file: String) throws(CLIError) -> [Node] {
        do {
            return Array(try Yams.compose_all(yaml: text))
        } catch {
            throw CLIError("\(file) is not valid YAML: \(error)")
        }
    }

    private static func object(_ tree: JSON, file: String) throws(CLIError) -> Object {
        let object = Object(tree)
        guard !object.kind.isEmpty, !object.apiVersion.isEmpty else {
            throw CLIError("\(file): every document needs apiVersion and kind", exit: .invalid)
        }
        guard !object.metadata.name.isEmpty else {
            throw CLIError("\(file): the \(object.kind) needs metadata.name", exit: .invalid)
        }
        return object
    }
}

/// The JSON tree that a YAML node means, with YAML 1.1's plain scalars as Kubernetes clients read them.
private struct YAMLTree {
    let file: String

    func json(_ node: Node) throws(CLIError) -> JSON {
        switch node {
        case .scalar(let scalar): return scalar.style == .plain ? plain(scalar.string) : .string(scalar.string)
        case .sequence(let sequence):
            var values: [JSON] = []
            for element in sequence { values.append(try json(element)) }
            return .array(values)
        case .mapping(let mapping):
            var members = JSONObject()
            for (key, value) in mapping {
                guard let name = key.scalar?.string else {
                    throw CLIError("\(file): keys must be texts", exit: .invalid)
                }
                members[name] = try json(value)
            }
            return .object(members)
        case .alias: throw CLIError("\(file): aliases are not accepted; write the values out", exit: .invalid)
        }
    }

    private func plain(_ text: String) -> JSON {
        switch text.lowercased() {
        case "", "~", "null": return .null
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: break
        }
        guard let first = text.utf8.first, "+-0123456789".utf8.contains(first) else { return .string(text) }
        if let number = try? JSON(parsing: text), number.number != nil { return number }
        if text.hasPrefix("0"), let number = Int64(text.dropFirst(), radix: 8) { return .integer(number) }
        return .string(text)
    }
}
