// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import Resources

extension Definition {
    /// The kind that the definition makes, as far as it is a good one: `issues` has said so before.
    ///
    /// - Parameter names: those of its names that it got.
    package func kind(as names: Names) -> Kind {
        let stored = storageVersion ?? ""
        let storedSchema = Schema.custom(versions.first { $0.isStored }?.schema)
        let canBeServed = versions.contains(where: \.isServed)
        return Kind(
            group: group, names: names.ofKind, isNamespaced: isNamespaced, form: .stored,
            versions: versions.map { version in
                // One version must answer while the objects of a kind that nobody serves are taken away.
                let isServed = version.isServed || isDeleting && !canBeServed && version.isStored
                return kindVersion(version, isServed: isServed, storedIn: storedSchema)
            }, storageVersion: stored, selectableFields: selectable, admission: admission,
            origin: .definition(isRevised: isRevised))
    }

    /// Whether the definition was changed after it was made.
    private var isRevised: Bool { (tree["metadata"]?["generation"]?.integer ?? 0) > 1 }

    private func kindVersion(_ version: Version, isServed: Bool, storedIn stored: Schema) -> KindVersion {
        let schema = Schema.custom(version.schema)
        return KindVersion(
            name: version.name, isServed: isServed, schema: schema,
            columns: version.columns.compactMap { Column(definition: $0) },
            hasStatus: version.subresources["status"]?.object != nil, scale: version.scalePaths,
            deprecation: version.isDeprecated ? deprecation(of: version) : nil, showsAge: version.columns.isEmpty,
            toStorage: { stored.fitted($0) }, fromStorage: { schema.fitted($0) })
    }

    private func deprecation(of version: Version) -> String {
        version.deprecationWarning ?? "\(group)/\(version.name) \(names.kind) is deprecated"
    }

    /// Each field of any version: the selector is the path without its first dot.
    private var selectable: [String: JSONPath] {
        let paths = versions.flatMap(\.selectableFields).compactMap { text in
            JSONPath(text).map { (String(text.drop { $0 == "." }), $0) }
        }
        return Dictionary(paths, uniquingKeysWith: { first, _ in first })
    }

    private var admission: @Sendable (AdmissionRequest) async throws -> Object {
        guard isDeleting else { return { $0.object } }
        return { request in
            guard request.operation != .create else {
                throw APIError(
                    .methodNotAllowed, "create not allowed while custom resource definition is terminating")
            }
            return request.object
        }
    }
}

extension Definition.Names {
    fileprivate var ofKind: Kind.Names {
        Kind.Names(
            kind: kind, plural: plural, singular: singular, listKind: listKind, shortNames: shortNames,
            categories: categories)
    }
}

extension Schema {
    /// The schema of a whole object as a definition has it; its own words for the three common members do not count.
    static func custom(_ tree: JSON?) -> Schema {
        var schema = Schema(openAPI: tree ?? .null)
        schema.form = .object
        schema.isEmbeddedResource = true
        return schema
    }

    /// An object without what this schema does not name and with its defaults.
    package func fitted(_ tree: JSON) -> JSON { defaulted(pruned(tree).tree) }
}

extension Definition.Version {
    var scalePaths: ScalePaths? {
        let scale = subresources["scale"] ?? .null
        guard let spec = (scale["specReplicasPath"]?.string).flatMap({ JSONPath($0) }),
            let status = (scale["statusReplicasPath"]?.string).flatMap({ JSONPath($0) })
        else { return nil }
        let selector = (scale["labelSelectorPath"]?.string).flatMap { JSONPath($0) }
        return ScalePaths(specReplicas: spec, statusReplicas: status, selector: selector)
    }
}

extension Column {
    /// A column as a definition writes it; absent for one whose path cannot be followed.
    fileprivate init?(definition tree: JSON) {
        guard let path = (tree["jsonPath"]?.string).flatMap({ JSONPath($0) }) else { return nil }
        self.init(
            tree["name"]?.string ?? "", type: tree["type"]?.string ?? "string", path: path,
            description: tree["description"]?.string ?? "Custom resource definition column (in JSONPath format): "
                + path.description,
            priority: tree["priority"]?.integer.flatMap(Int.init(exactly:)) ?? 0)
        format = tree["format"]?.string ?? ""
    }
}
