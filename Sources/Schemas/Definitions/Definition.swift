// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// A CustomResourceDefinition as a typed view on its tree: what it says, right or wrong.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/
package struct Definition: Sendable {
    package let tree: JSON

    package init(_ tree: JSON) { self.tree = tree }

    package var name: String { tree["metadata"]?["name"]?.string ?? "" }
    package var group: String { spec["group"]?.string ?? "" }
    package var isNamespaced: Bool { spec["scope"]?.string == "Namespaced" }
    package var names: Names { Names(tree: spec["names"] ?? .null) }
    package var versions: [Version] { (spec["versions"]?.array ?? []).map(Version.init(tree:)) }
    /// The names that it was given before.
    package var acceptedNames: Names { Names(tree: tree["status"]?["acceptedNames"] ?? .null) }
    /// Whether its kind is served.
    package var isEstablished: Bool {
        tree["status"]?["conditions"]?.array?.contains {
            $0["type"]?.string == "Established" && $0["status"]?.string == "True"
        } ?? false
    }
    package var isDeleting: Bool { tree["metadata"]?["deletionTimestamp"]?.string != nil }
    /// The first of the versions that is said to be stored.
    package var storageVersion: String? { versions.first(where: \.isStored)?.name }

    var spec: JSON { tree["spec"] ?? .null }

    /// The names that a definition claims in its group.
    package struct Names: Hashable, Sendable {
        package var plural: String
        package var singular: String
        package var shortNames: [String]
        package var kind: String
        package var listKind: String
        package var categories: [String]

        package init(tree: JSON) {
            plural = tree["plural"]?.string ?? ""
            singular = tree["singular"]?.string ?? ""
            shortNames = tree["shortNames"]?.array?.compactMap(\.string) ?? []
            kind = tree["kind"]?.string ?? ""
            listKind = tree["listKind"]?.string ?? ""
            categories = tree["categories"]?.array?.compactMap(\.string) ?? []
        }

        /// As the wire has it: plural and kind always, the others when there are any.
        package var tree: JSON {
            var tree: JSON = ["plural": .string(plural)]
            if !singular.isEmpty { tree["singular"] = .string(singular) }
            if !shortNames.isEmpty { tree["shortNames"] = .array(shortNames.map(JSON.string)) }
            tree["kind"] = .string(kind)
            if !listKind.isEmpty { tree["listKind"] = .string(listKind) }
            if !categories.isEmpty { tree["categories"] = .array(categories.map(JSON.string)) }
            return tree
        }
    }

    /// One version of the kind that is defined.
    package struct Version: Sendable {
        let tree: JSON

        package var name: String { tree["name"]?.string ?? "" }
        package var isServed: Bool { tree["served"]?.bool ?? false }
        package var isStored: Bool { tree["storage"]?.bool ?? false }
        var isDeprecated: Bool { tree["deprecated"]?.bool ?? false }
        var deprecationWarning: String? { tree["deprecationWarning"]?.string }
        var schema: JSON? { tree["schema"]?["openAPIV3Schema"] }
        var columns: [JSON] { tree["additionalPrinterColumns"]?.array ?? [] }
        var subresources: JSON { tree["subresources"] ?? .null }
        var selectableFields: [String] {
            (tree["selectableFields"]?.array ?? []).map { $0["jsonPath"]?.string ?? "" }
        }
    }
}
