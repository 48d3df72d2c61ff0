// SPDX-License-Identifier: Apache-2.0

import Resources
import Schemas
import Testing

@Suite("A kind registry")
struct KindRegistryTests {
    static func registry() throws -> KindRegistry {
        try KindRegistry([
            Widget.kind,
            Widget.kind("Gadget", "gadgets", versions: ["v1alpha1", "v2", "v1", "v1beta2"], storage: "v2"),
            Widget.kind("Secret", "secrets", group: "", versions: ["v1"]),
            Widget.kind("Widget", "widgets", group: "other.scs.community", short: ["owi"]),
        ])
    }

    @Test("finds a kind by path, body, resource and word")
    func finds() throws {
        let registry = try Self.registry()
        let group = "test.scs.community"
        let path = GroupVersionResource(group: group, version: "v1beta2", resource: "gadgets")
        #expect(registry.served(path)?.version.name == "v1beta2")
        #expect(registry.served(path)?.isStorageVersion == false)
        let body = GroupVersionKind(group: "", version: "v1", kind: "Secret")
        #expect(registry.served(body)?.type.plural == "secrets")
        #expect(registry.served(GroupVersionKind(group: "", version: "v2", kind: "Secret")) == nil)
        #expect(registry.kind(GroupResource(group: group, resource: "widgets"))?.names.kind == "Widget")
        #expect(registry.kinds(named: "wi").map(\.group) == [group])
        #expect(registry.kinds(named: "Widget").map(\.group) == [group, "other.scs.community"])
        #expect(registry.kinds(named: "widgets.other.scs.community").map(\.group) == ["other.scs.community"])
        #expect(registry.kinds(named: "nothing").isEmpty)
    }

    @Test("orders the core group first and stable versions before others")
    func order() throws {
        let registry = try Self.registry()
        #expect(registry.groups == ["", "test.scs.community", "other.scs.community"])
        #expect(registry.versions(of: "test.scs.community") == ["v2", "v1", "v1beta2", "v1alpha1"])
        let served = registry.served(in: GroupVersion(group: "test.scs.community", version: "v1alpha1"))
        #expect(served.map(\.type.plural) == ["widgets", "gadgets"])
    }

    @Test("serves no version that is switched off")
    func unserved() throws {
        var kind = Widget.kind
        kind.versions.append(Widget.version("v1", isServed: false))
        kind.storageVersion = "v1"
        let registry = try KindRegistry([kind])
        #expect(registry.versions(of: kind.group) == ["v1alpha1"])
        #expect(registry.served(GroupVersionKind(group: kind.group, version: "v1", kind: "Widget")) == nil)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let problem: String
        let kinds: [Kind]
        var testDescription: String { problem }
    }

    static let bad: [Case] = [
        Case(problem: "has no version", kinds: [Widget.kind("A", "as", versions: [])]),
        Case(problem: "has the version v1 twice", kinds: [Widget.kind("A", "as", versions: ["v1", "v1"])]),
        Case(problem: "stores the version v2", kinds: [Widget.kind("A", "as", storage: "v2")]),
        Case(problem: "claimed by two", kinds: [Widget.kind, Widget.kind("A", "as", short: ["wi"])]),
        Case(problem: "must be in CamelCase", kinds: [Widget.kind("a", "as")]),
        Case(problem: "must be of lower case", kinds: [Widget.kind("A", "As")]),
        Case(problem: "no DNS name", kinds: [Widget.kind("A", "as", group: "x..y")]),
        Case(problem: "not a whole object", kinds: [kind(Schema.object("", []))]),
        Case(problem: "required but no property", kinds: [kind(.resource("", [], required: ["spec"]))]),
        Case(problem: "pattern:", kinds: [kind(.resource(spec: .string("", maxLength: 3, pattern: "(")))]),
        Case(problem: "spec: default:", kinds: [kind(.resource(spec: .string("", maxLength: 3, default: "long")))]),
        Case(problem: "a list needs exactly one", kinds: [kind(.resource(spec: Schema(.array)))]),
        Case(
            problem: "only a list of scalars",
            kinds: [kind(.resource(spec: .array("", of: Widget.part, maxItems: 3, listType: .set)))]),
        Case(
            problem: "the list's key size",
            kinds: [kind(.resource(spec: .array("", of: Widget.part, maxItems: 3, listType: .map(keys: ["size"]))))]),
    ]

    static func kind(_ schema: Schema) -> Kind {
        Kind(group: "", names: Kind.Names(kind: "A", plural: "as"), versions: [KindVersion(name: "v1", schema: schema)])
    }

    @Test("refuses kinds that do not fit and says why", arguments: bad)
    func refuses(_ given: Case) {
        let error = #expect(throws: InvalidKinds.self) { try KindRegistry(given.kinds) }
        #expect(error?.description.contains(given.problem) == true, "\(error?.description ?? "")")
    }
}
