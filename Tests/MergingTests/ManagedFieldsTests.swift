// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Testing

@testable import Merging

@Suite("Managed fields")
struct ManagedFieldsTests {
    private static let shape = Shape(Recorded.widget)
    private static let version = "corpus.example.org/v1"

    private static func ownership(_ name: String, door: String = "", second: Int = 0) -> Ownership {
        let time = "2026-07-07T10:11:\(second < 10 ? "0" : "")\(second)Z"
        return Ownership(
            shape, VersionShapes(version, shape), Writer(name, apiVersion: version, subresource: door, time: time))
    }

    private static func widget(_ spec: JSON) -> JSON {
        ["apiVersion": "corpus.example.org/v1", "kind": "Widget", "metadata": ["name": "one"], "spec": spec]
    }

    private static func with(_ object: JSON, _ managed: ManagedFields) -> JSON {
        object.merging(["metadata": ["managedFields": managed.tree ?? .null]])
    }

    @Test("entries are written as they were read")
    func roundTrip() throws {
        let text =
            #"[{"manager":"one","operation":"Apply","apiVersion":"v1","time":"2026-07-07T10:11:12Z","fieldsType":"FieldsV1","#
            + #""fieldsV1":{"f:data":{"f:a":{}}}},{"manager":"two","operation":"Update","apiVersion":"v1","#
            + #""fieldsType":"FieldsV1","fieldsV1":{"f:status":{}},"subresource":"status"}]"#
        #expect(try ManagedFields(tree: JSON(parsing: text)).tree?.text == text)
    }

    @Test("entries stand in upstream's order: appliers first, then by time, then by name")
    func order() throws {
        func entry(_ name: String, _ operation: ManagedFields.Operation, _ time: String?) -> ManagedFields.Entry {
            .init(
                .init(name, operation, apiVersion: "v1"), apiVersion: "v1", time: time,
                fields: FieldSet([[.field("a")]]))
        }
        let managed = ManagedFields([
            entry("d", .update, "2026-07-07T10:11:11Z"), entry("c", .apply, "2026-07-07T10:11:12Z"),
            entry("b", .apply, "2026-07-07T10:11:12Z"), entry("a", .apply, nil),
            entry("e", .apply, "2026-07-07T10:11:10Z"),
        ])
        #expect(managed.tree?.array?.compactMap { $0["manager"]?.string } == ["a", "e", "b", "c", "d"])
    }

    @Test(
        "an entry that is none spoils all, so that nobody loses fields by half",
        arguments: [
            #"{"manager":"x"}"#, #"{"operation":"Apply","fieldsType":"FieldsV1"}"#,
            #"{"operation":"Apply","apiVersion":"v1"}"#,
            #"{"operation":"Apply","apiVersion":"v1","fieldsType":"FieldsV2"}"#,
            #"{"operation":"Apply","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"x":{}}}"#,
        ])
    func malformed(_ text: String) throws {
        let tree = try JSON(parsing: "[\(text)]")
        #expect(throws: InvalidFieldSet.self) { try ManagedFields(tree: tree) }
        let live = Self.with(
            Self.widget(["size": "small"]),
            Self.ownership("one").updated(live: nil, new: Self.widget(["size": "small"])))
        let kept = Self.ownership("two").updated(live: live, new: live, sent: tree)
        #expect(kept == ManagedFields(of: live))
    }

    @Test("a door other than the main one rewrites no entries")
    func door() {
        let object = Self.widget(["size": "small"])
        let live = Self.with(object, Self.ownership("one").updated(live: nil, new: object))
        let kept = Self.ownership("two", door: "status").updated(live: live, new: live, sent: [])
        #expect(kept == ManagedFields(of: live))
        #expect(Self.ownership("two").updated(live: live, new: live, sent: []).isEmpty)
    }

    @Test("a write that changes nothing is nobody's")
    func nothing() {
        let object = Self.widget(["size": "small"])
        let live = Self.with(object, Self.ownership("one").updated(live: nil, new: object))
        #expect(Self.ownership("two", second: 5).updated(live: live, new: live) == ManagedFields(of: live))
        #expect(Self.ownership("one", second: 5).updated(live: live, new: live) == ManagedFields(of: live))
    }

    @Test("an object without entries gets none by an update")
    func untracked() {
        let live = Self.widget(["size": "small"])
        #expect(Self.ownership("one").updated(live: live, new: Self.widget(["size": "large"])).isEmpty)
    }

    @Test("the oldest of too many updates are put together")
    func cap() throws {
        var live = Self.widget(["limits": ["start": "1"]])
        live = Self.with(live, Self.ownership("start").updated(live: nil, new: live))
        for index in 1...14 {
            let limits = JSONObject([("k\(index)", JSON.string("1"))])
            let new = live.merging(["spec": ["limits": .object(limits)]])
            live = Self.with(new, Self.ownership("m\(index)", second: index).updated(live: live, new: new))
        }
        let managed = ManagedFields(of: live)
        #expect(managed.entries.count == ManagedFields.mostUpdaters)
        let ancient = try #require(managed.entries.first { $0.manager.name == "ancient-changes" })
        #expect(ancient.fields.contains([.field("spec"), .field("limits"), .field("k1")]))
        #expect(managed.entries.contains { $0.manager.name == "m14" })
        let all = managed.entries.reduce(FieldSet()) { $0.union($1.fields) }
        for index in 1...14 { #expect(all.contains([.field("spec"), .field("limits"), .field("k\(index)")])) }
    }
}
