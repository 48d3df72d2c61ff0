// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@Suite("OpenAPI")
struct OpenAPITests {
    @Test("says all that a schema says")
    func schema() {
        var schema = Schema.array("Sizes.", of: .integer("", in: 1...9), maxItems: 3, minItems: 1, listType: .set)
        schema.isNullable = true
        schema.defaultValue = [1]
        let whole = #""type":"integer","format":"int64","minimum":1,"maximum":9"#
        #expect(
            schema.openAPI.text
                == #"{"description":"Sizes.","type":"array","nullable":true,"default":[1],"minItems":1,"maxItems":3,"#
                + #""items":{\#(whole)},"x-kubernetes-list-type":"set"}"#)
        #expect(Schema(.any).openAPI.text == #"{"x-kubernetes-preserve-unknown-fields":true}"#)
        #expect(Schema(.integerOrString).openAPI["x-kubernetes-int-or-string"] == true)
        #expect(Schema.conditions.openAPI["x-kubernetes-list-map-keys"] == ["type"])
    }

    @Test("of a group version has what kubectl looks for")
    func document() throws {
        let registry = try KindRegistry([Widget.kind, Widget.kind("Secret", "secrets", group: "", versions: ["v1"])])
        let groupVersion = GroupVersion(group: "test.scs.community", version: "v1alpha1")
        let tree = OpenAPIDocument(groupVersion, in: registry).tree
        let root = "/apis/test.scs.community/v1alpha1"
        #expect(
            tree["paths"]?.object?.keys == [
                "\(root)/namespaces/{namespace}/widgets", "\(root)/namespaces/{namespace}/widgets/{name}",
                "\(root)/namespaces/{namespace}/widgets/{name}/status", "\(root)/widgets",
            ])
        let patch = tree["paths"]?["\(root)/namespaces/{namespace}/widgets/{name}"]?["patch"]
        #expect(patch?["x-kubernetes-action"] == "patch")
        #expect(patch?["x-kubernetes-group-version-kind"]?["kind"] == "Widget")
        let names = patch?["parameters"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(Set(names).isSuperset(of: ["fieldValidation", "dryRun", "fieldManager"]))
        let schemas = tree["components"]?["schemas"]
        let widget = schemas?["community.scs.test.v1alpha1.Widget"]
        #expect(widget?["properties"]?.object?.keys == ["apiVersion", "kind", "metadata", "spec", "status"])
        #expect(widget?["x-kubernetes-group-version-kind"]?[0]?["group"] == "test.scs.community")
        let core = OpenAPIDocument(GroupVersion(group: "", version: "v1"), in: registry).tree
        #expect(core["components"]?["schemas"]?["io.k8s.api.core.v1.Secret"] != nil)
    }

    @Test("refers to nothing that is not there, and gives each operation its own id")
    func consistent() throws {
        let registry = try KindRegistry([Widget.kind])
        let tree = OpenAPIDocument(registry.groupVersions[0], in: registry).tree
        let names = Set(tree["components"]?["schemas"]?.object?.keys ?? [])
        let prefix = "#/components/schemas/"
        for reference in Self.values(named: "$ref", in: tree).compactMap(\.string) {
            #expect(reference.hasPrefix(prefix) && names.contains(String(reference.dropFirst(prefix.count))))
        }
        let ids = Self.values(named: "operationId", in: tree).compactMap(\.string)
        #expect(Set(ids).count == ids.count && ids.count == 11)
    }

    static func values(named key: String, in tree: JSON) -> [JSON] {
        switch tree {
        case .array(let elements): elements.flatMap { values(named: key, in: $0) }
        case .object(let object):
            object.members.flatMap { $0.key == key ? [$0.value] : values(named: key, in: $0.value) }
        default: []
        }
    }

    @Test("prints a kind as a definition that any API server takes")
    func definition() throws {
        let tree = try #require(Widget.kind.customResourceDefinition)
        #expect(tree["metadata"]?["name"] == "widgets.test.scs.community")
        let version = tree["spec"]?["versions"]?[0]
        #expect(version?["subresources"]?["status"] == [:])
        #expect(version?["selectableFields"] == [["jsonPath": ".spec.size"]])
        let columns = version?["additionalPrinterColumns"]?.array?.compactMap { $0["name"]?.string }
        #expect(columns == ["Size", "Names", "Seen", "Good", "Age"])
        let schema = version?["schema"]?["openAPIV3Schema"]
        #expect(schema?["properties"]?["metadata"] == ["type": "object"])
        #expect(schema?["x-kubernetes-embedded-resource"] == nil)
        #expect(schema?["required"] == ["spec"])
    }
}
