// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import JSONTree
import Resources
package import Schemas
import YAMLTree

/// What every kind must hold, whatever it is: a kind's tests ask for `problems()` and expect none.
///
/// It reads `example.yaml` and `README.md` from the kind's folder.
package struct KindContract {
    package var kind: Kind
    /// The kind's folder, usually found from `#filePath`.
    package var folder: String
    /// Reads a whole object into the kind's types and writes it again.
    package var recode: (JSON) throws -> JSON
    /// The coding keys of each typed object by its path: `["spec": […], "spec.disk": […], "status": […]]`.
    ///
    /// A list's elements and a map's values stand under the list's or map's own path.
    package var codableKeys: [String: [String]]
    /// Every reason that the kind's code puts into a condition.
    package var reasons: [String]
    /// Whether a reconciler keeps it: then its status has a place for all that the machinery writes.
    package var isReconciled: Bool

    package init(
        _ kind: Kind, folder: String, recode: @escaping (JSON) throws -> JSON = { $0 },
        codableKeys: [String: [String]] = [:], reasons: [String] = [],
        isReconciled: Bool = false
    ) {
        self.kind = kind
        self.folder = folder
        self.recode = recode
        self.codableKeys = codableKeys
        self.reasons = reasons
        self.isReconciled = isReconciled
    }

    /// Everything that the kind does not hold, a sentence each; empty for a good one.
    package func problems() -> [String] {
        guard let version = kind.version(kind.storageVersion) else { return kind.problems }
        return kind.problems + exampleProblems(version.schema)
            + version.schema.unboundedPaths.map {
                "\($0) has no limit of its size: give maxLength, maxItems or maxProperties"
            } + keyProblems(version.schema) + reasonProblems + machineryProblems(version.schema)
            + definitionProblems
    }

    /// What is not in the schema would be pruned, and an open intent lost: a double at the site.
    private func machineryProblems(_ schema: Schema) -> [String] {
        guard isReconciled else { return [] }
        let named = Set(schema.part(at: "status")?.properties.map(\.name) ?? [])
        return ["conditions", "intent", "missing", "observedGeneration"].filter { !named.contains($0) }.map {
            "status.\($0) is not in the schema: make the status with Schema.status"
        }
    }
}

// MARK: - The definition

extension KindContract {
    /// What a server would say that is given the kind as a definition, and what it would understand otherwise than we do.
    private var definitionProblems: [String] {
        // The core group has no name, so nobody can define a kind in it.
        guard !kind.group.isEmpty, var tree = kind.customResourceDefinition else { return [] }
        tree["status"] = ["storedVersions": [.string(kind.storageVersion)]]
        let issues = Definition(tree).issues(replacing: nil, isEstablished: false)
        let changed = kind.versions.filter { Schema(openAPI: $0.schema.openAPI) != $0.schema }
        return issues.filter { !$0.path.hasPrefix("metadata.annotations") && $0.path != "spec.group" }
            .map { "as a definition: \($0.text)" }
            + changed.map { "the schema of \($0.name) is not read back as it is written" }
    }
}

// MARK: - The example

extension KindContract {
    private func exampleProblems(_ schema: Schema) -> [String] {
        let example: JSON
        do { example = try YAML.documents(read("example.yaml")).first ?? .null } catch {
            return ["example.yaml cannot be read: \(error)"]
        }
        var problems: [String] = []
        let object = Object(example)
        if object.groupVersionKind != kind.type.kind {
            problems.append("example.yaml is a \(object.apiVersion) \(object.kind), not a \(kind.type.kind)")
        }
        problems += schema.pruned(example).unknown.map { "example.yaml: unknown field \($0)" }
        let complete = schema.defaulted(example)
        if schema.defaulted(complete).text != complete.text { problems.append("defaults change an object twice") }
        let issues = schema.issues(in: complete) + kind.issues(Object(complete), nil)
        problems += issues.map { "example.yaml: \($0.text)" }
        return problems + pruningProblems(schema, complete) + recodingProblems(complete)
    }

    private func pruningProblems(_ schema: Schema, _ object: JSON) -> [String] {
        let stranger = "aFieldThatNobodyKnows"
        let places = ["spec", "status"].filter { name in
            schema.properties.contains { $0.name == name && !$0.schema.preservesUnknownFields }
        }
        return places.compactMap { place in
            var object = object
            var part = object[place] ?? [:]
            part[stranger] = 1
            object[place] = part
            return schema.pruned(object).unknown == ["\(place).\(stranger)"]
                ? nil : "an unknown field of \(place) is not pruned"
        }
    }

    private func recodingProblems(_ object: JSON) -> [String] {
        do {
            let once = try recode(object)
            var problems: [String] = []
            if once != object {
                problems.append("the kind's types do not keep the example: \(object.text) became \(once.text)")
            }
            if try recode(once).text != once.text {
                problems.append("the kind's types write the example differently twice")
            }
            let printed = once.bytes
            if try JSON(parsing: printed).bytes != printed {
                problems.append("the example does not print as it was read")
            }
            return problems
        } catch {
            return ["the kind's types cannot read the example: \(error)"]
        }
    }

    fileprivate func read(_ name: String) throws -> String {
        let data = try Data(contentsOf: URL(filePath: folder).appending(path: name))
        return String(decoding: data, as: UTF8.self)
    }
}

// MARK: - Keys and reasons

extension KindContract {
    private func keyProblems(_ schema: Schema) -> [String] {
        codableKeys.sorted { $0.key < $1.key }.flatMap { path, keys -> [String] in
            guard let part = schema.part(at: path) else { return ["\(path) is in the types but not in the schema"] }
            let named = Set(part.properties.map(\.name))
            let missing = named.subtracting(keys).sorted().map { "\(path).\($0) is in the schema but not in the types" }
            let extra = Set(keys).subtracting(named).sorted().map {
                "\(path).\($0) is in the types but not in the schema"
            }
            return missing + extra
        }
    }

    private var reasonProblems: [String] {
        let text: String
        do { text = try read("README.md") } catch { return ["README.md cannot be read: \(error)"] }
        let written = ReasonTable.reasons(in: text)
        let missing = Set(reasons).subtracting(written).sorted().map { "README.md does not explain the reason \($0)" }
        let extra = written.subtracting(reasons).sorted().map {
            "README.md explains the reason \($0), which nothing gives"
        }
        return missing + extra
    }
}
