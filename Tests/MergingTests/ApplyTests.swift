// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas
import Testing

@testable import Merging

@Suite("Server-side apply")
struct ApplyTests {
    private static let shape = Shape(Recorded.widget)
    private static let version = "corpus.example.org/v1"

    private static func ownership(_ name: String, time: String = "2026-07-07T10:11:12Z") -> Ownership {
        Ownership(shape, VersionShapes(version, shape), Writer(name, apiVersion: version, time: time))
    }

    private static func stored(_ applied: Applied) -> JSON {
        var object = applied.object
        var metadata = object["metadata"] ?? .null
        metadata["managedFields"] = applied.managed.tree
        object["metadata"] = metadata
        return object
    }

    private static func widget(_ spec: JSON) -> JSON {
        ["apiVersion": "corpus.example.org/v1", "kind": "Widget", "metadata": ["name": "one"], "spec": spec]
    }

    /// An object that several managers have applied to, in turn.
    private static func history(_ random: inout SeededRandom) throws -> JSON {
        var live: JSON?
        for turn in 0..<5 {
            let name = ["one", "two", "three"][turn % 3]
            live = stored(try ownership(name).apply(random.configuration(), to: live, force: true))
        }
        return try #require(live)
    }

    @Test("the same configuration twice changes nothing, books and times included", arguments: 0..<200)
    func twice(_ seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let live = try Self.history(&random)
        let configuration = random.configuration()
        let first = Self.stored(try Self.ownership("one").apply(configuration, to: live, force: true))
        let later = Self.ownership("one", time: "2026-07-07T11:00:00Z")
        let second = Self.stored(try later.apply(configuration, to: first))
        #expect(second.text == first.text)
    }

    @Test("what is applied is there afterwards, and nobody else's fields are lost", arguments: 0..<200)
    func keeps(_ seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let live = try Self.history(&random)
        let configuration = random.configuration()
        let applied = try Self.ownership("one").apply(configuration, to: live, force: true)
        let own = try #require(applied.managed[.init("one", .apply, apiVersion: Self.version)]).fields
        for entry in ManagedFields(of: Self.stored(applied)).entries where entry.manager.name != "one" {
            let before = ManagedFields(of: live)[entry.manager]?.fields ?? FieldSet()
            #expect(entry.fields.subtracting(before).isEmpty)
        }
        var reading = AppliedFields(Self.shape)
        let there = reading.fields(of: applied.object)
        let missing = own.subtracting(there.union(Self.containers(own)))
        #expect(missing.isEmpty, "\(missing.paths)")
    }

    /// Fields that were applied as empty and are kept filled by others.
    private static func containers(_ set: FieldSet) -> FieldSet {
        FieldSet(
            ["parts", "tags", "limits", "raw", "order"].map { [.field("spec"), .field($0)] } + [[.field("spec")]]
        ).intersection(set)
    }

    @Test("books that were written when a field was no single value yet are put right")
    func granularToAtomic() throws {
        let fields = try FieldSet(tree: JSON(parsing: #"{"f:spec":{"f:pick":{"f:a":{}},"f:size":{}}}"#))
        let manager = ManagedFields.Manager("two", .apply, apiVersion: Self.version)
        let managed = ManagedFields([.init(manager, apiVersion: Self.version, fields: fields)])
        let settled = Self.ownership("one").settled(managed)
        #expect(settled[manager]?.fields.tree.text == #"{"f:spec":{"f:pick":{},"f:size":{}}}"#)
    }

    @Test("a manager of another version keeps its claim under that version's names")
    func versions() throws {
        let old = Shape(.resource("", spec: .object("", [.init("colour", Recorded.text())])))
        let new = Shape(
            .resource("", spec: .object("", [.init("color", Recorded.text()), .init("n", Recorded.text())])))
        let versions = VersionShapes(
            shape: { ["g/v1": old, "g/v2": new][$0] },
            convert: { object, from, to in
                var spec = object["spec"] ?? .null
                let (source, target) = to == "g/v1" ? ("color", "colour") : ("colour", "color")
                if from != to, let value = spec[source] {
                    spec[source] = nil
                    spec[target] = value
                }
                return object.merging(["apiVersion": .string(to)]).merging(["spec": .null]).merging(["spec": spec])
            })
        let first = Ownership(old, versions, Writer("a", apiVersion: "g/v1", time: "2026-07-07T10:11:12Z"))
        let live = Self.stored(try first.apply(["metadata": ["name": "x"], "spec": ["colour": "red"]], to: nil))
        let shown = versions.convert(live, "g/v1", "g/v2")
        let second = Ownership(new, versions, Writer("b", apiVersion: "g/v2", time: "2026-07-07T10:11:13Z"))
        let configuration: JSON = ["metadata": ["name": "x"], "spec": ["color": "blue"]]
        let failure = #expect(throws: ApplyFailure.self) { try second.apply(configuration, to: shown) }
        guard case .conflicts(let conflicts) = failure else {
            Issue.record("no conflict")
            return
        }
        #expect(conflicts.flatMap(\.fields.paths) == [".spec.colour"])
        let shared = Self.stored(
            try second.apply(["metadata": ["name": "x"], "spec": ["color": "red", "n": "1"]], to: shown))
        let dropped = try second.apply(["metadata": ["name": "x"], "spec": ["n": "1"]], to: shared)
        #expect(dropped.object["spec"]?["color"] == "red")
    }

    @Test("an applier that comes with a newer version takes its fields along and prunes by the old names")
    func migratesVersion() throws {
        let shape = Self.shape
        let versions = VersionShapes(shape: { _ in shape }, convert: { object, _, _ in object })
        let before = Ownership(shape, versions, Writer("a", apiVersion: "g/v1", time: "2026-07-07T10:11:12Z"))
        let live = Self.stored(try before.apply(Self.widget(["size": "small", "code": "abc-1"]), to: nil))
        let after = Ownership(shape, versions, Writer("a", apiVersion: "g/v2", time: "2026-07-07T10:11:13Z"))
        let applied = try after.apply(Self.widget(["size": "small"]), to: live)
        #expect(applied.object["spec"] == ["size": "small"])
        #expect(applied.managed.entries.map(\.apiVersion) == ["g/v2"])
    }

    @Test("a hostile list costs no quadratic time", .timeLimit(.minutes(1)))
    func hostile() throws {
        let parts = (0..<3_000).map { JSON.object(JSONObject([("name", .string("p\($0)")), ("value", "v")])) }
        let live = Self.stored(try Self.ownership("one").apply(Self.widget(["parts": .array(parts)]), to: nil))
        let reversed = Self.widget(["parts": .array(parts.reversed())])
        let applied = try Self.ownership("two").apply(reversed, to: live)
        #expect(applied.object["spec"]?["parts"]?.array?.count == 3_000)
        let labels = JSONObject((0..<3_000).map { ("l\($0)", .string("v")) })
        let many = Self.widget(["limits": .object(labels)])
        #expect(
            try Self.ownership("two").apply(many, to: live, force: true).object["spec"]?["limits"]?.object?.count
                == 3_000)
    }
}
