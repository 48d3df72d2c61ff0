// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import Resources

extension Kind {
    /// The kind as a CustomResourceDefinition, to serve its objects from any Kubernetes API server (`scs crds`).
    ///
    /// Absent for a kind that keeps no objects. What a definition cannot say is left out: columns that count, checks
    /// beyond the schema, conversions between versions (a server with several versions then stores them unconverted).
    /// https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/
    package var customResourceDefinition: JSON? {
        guard case .stored = form else { return nil }
        var names: JSON = [
            "plural": .string(self.names.plural), "singular": .string(self.names.singular),
            "kind": .string(self.names.kind), "listKind": .string(self.names.listKind),
        ]
        if !self.names.shortNames.isEmpty { names["shortNames"] = .array(self.names.shortNames.map(JSON.string)) }
        if !self.names.categories.isEmpty { names["categories"] = .array(self.names.categories.map(JSON.string)) }
        return [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": .string(groupResource.text)],
            "spec": [
                "group": .string(group), "names": names, "scope": isNamespaced ? "Namespaced" : "Cluster",
                "versions": .array(versions.map(definition)),
            ],
        ]
    }

    private func definition(of version: KindVersion) -> JSON {
        var tree: JSON = [
            "name": .string(version.name), "served": .bool(version.isServed),
            "storage": .bool(version.name == storageVersion),
            "schema": ["openAPIV3Schema": version.schema.openAPIResource(metadata: ["type": "object"])],
        ]
        if version.hasStatus { tree["subresources"] = ["status": [:]] }
        if !selectableFields.isEmpty {
            let paths = selectableFields.values.map(\.description).sorted()
            tree["selectableFields"] = .array(paths.map { ["jsonPath": .string($0)] })
        }
        tree["additionalPrinterColumns"] = .array(version.columns.compactMap(\.definition) + [Self.age])
        return tree
    }

    /// Comes by itself only where a definition has no other column.
    private static let age: JSON = ["name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"]
}

extension Column {
    /// Absent for a column that counts.
    fileprivate var definition: JSON? {
        guard case .path(let path) = value else { return nil }
        var tree: JSON = [
            "name": .string(name), "type": .string(type), "jsonPath": .string(path.description),
        ]
        if !description.isEmpty { tree["description"] = .string(description) }
        if priority != 0 { tree["priority"] = JSON(count: priority) }
        return tree
    }
}
