// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import Resources
import YAMLTree

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
        let documents: [JSON]
        do { documents = try YAML.documents(text, anchors: .expanded) } catch {
            throw CLIError("\(file) is not valid YAML: \(error)", exit: .invalid)
        }
        var objects: [Object] = []
        for tree in documents where tree != .null {
            let isList = tree["kind"]?.string == "List" && tree["apiVersion"]?.string == "v1"
            for item in isList ? tree["items"]?.array ?? [] : [tree] { objects.append(try object(item, file: file)) }
        }
        return objects
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
