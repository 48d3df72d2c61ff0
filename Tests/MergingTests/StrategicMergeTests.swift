// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas
import Testing

@testable import Merging

@Suite("Strategic merge patch")
struct StrategicMergeTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let object: String
        let patch: String
        let result: String
        var testDescription: String { name }

        init(_ name: String, _ object: String, _ patch: String, _ result: String) {
            self.name = name
            self.object = object
            self.patch = patch
            self.result = result
        }
    }

    private static let pullSecrets: Schema = {
        var schema = Schema.array("", of: .object("", [.init("name", Recorded.text())]), maxItems: 10)
        schema.patchMergeKey = "name"
        return schema
    }()

    private static let schema = Schema.object(
        "",
        [
            .init("data", .map("", of: Recorded.text(), maxProperties: 10)),
            .init("tags", .array("", of: Recorded.text(), maxItems: 10, listType: .set)),
            .init("plain", .array("", of: Recorded.text(), maxItems: 10)),
            .init(
                "parts",
                .array(
                    "",
                    of: .object(
                        "", [.init("name", Recorded.text()), .init("v", Recorded.text()), .init("w", Recorded.text())]),
                    maxItems: 10, listType: .map(keys: ["name"]))),
            .init("imagePullSecrets", pullSecrets),
        ])

    static let cases = [
        Case("members are merged", #"{"data":{"a":"1"}}"#, #"{"data":{"b":"2"}}"#, #"{"data":{"a":"1","b":"2"}}"#),
        Case("null removes", #"{"data":{"a":"1","b":"2"}}"#, #"{"data":{"a":null}}"#, #"{"data":{"b":"2"}}"#),
        Case("replace", #"{"data":{"a":"1"}}"#, #"{"data":{"$patch":"replace","b":"2"}}"#, #"{"data":{"b":"2"}}"#),
        Case("delete", #"{"data":{"a":"1"}}"#, #"{"data":{"$patch":"delete"}}"#, "{}"),
        Case("delete what is not there", "{}", #"{"data":{"$patch":"delete"}}"#, "{}"),
        Case(
            "keys to keep", #"{"data":{"a":"1","b":"2"}}"#, #"{"data":{"$retainKeys":["b","c"],"c":"3"}}"#,
            #"{"data":{"b":"2","c":"3"}}"#),
        Case("a set grows", #"{"tags":["a"]}"#, #"{"tags":["b","a"]}"#, #"{"tags":["b","a"]}"#),
        Case("a set shrinks", #"{"tags":["a","b"]}"#, #"{"$deleteFromPrimitiveList/tags":["a"]}"#, #"{"tags":["b"]}"#),
        Case("an atomic list is replaced", #"{"plain":["a"]}"#, #"{"plain":["b"]}"#, #"{"plain":["b"]}"#),
        Case(
            "elements are merged by key", #"{"parts":[{"name":"a","v":"1"},{"name":"b"}]}"#,
            #"{"parts":[{"name":"a","w":"2"},{"name":"c"}]}"#,
            #"{"parts":[{"name":"a","v":"1","w":"2"},{"name":"c"},{"name":"b"}]}"#),
        Case(
            "an element is deleted", #"{"parts":[{"name":"a"},{"name":"b"}]}"#,
            #"{"parts":[{"name":"a","$patch":"delete"}]}"#, #"{"parts":[{"name":"b"}]}"#),
        Case(
            "a list of objects is replaced", #"{"parts":[{"name":"a"}]}"#,
            #"{"parts":[{"$patch":"replace"},{"name":"b"}]}"#, #"{"parts":[{"name":"b"}]}"#),
        Case(
            "elements are ordered", #"{"parts":[{"name":"a"},{"name":"b"},{"name":"c"}]}"#,
            #"{"$setElementOrder/parts":[{"name":"c"},{"name":"a"}]}"#,
            #"{"parts":[{"name":"b"},{"name":"c"},{"name":"a"}]}"#),
        Case(
            "a key of strategic patches alone", #"{"imagePullSecrets":[{"name":"a"}]}"#,
            #"{"imagePullSecrets":[{"name":"b"}]}"#, #"{"imagePullSecrets":[{"name":"b"},{"name":"a"}]}"#),
        Case(
            "directives leave no trace", "{}", #"{"data":{"$retainKeys":["a"],"a":"1","b":null}}"#,
            #"{"data":{"a":"1"}}"#),
    ]

    @Test("a patch changes what its directives say", arguments: cases)
    func apply(_ given: Case) throws {
        let result = try StrategicMerge.apply(
            JSON(parsing: given.patch), to: JSON(parsing: given.object), Self.schema)
        #expect(result.text == given.result)
    }

    @Test(
        "a directive that makes no sense is refused",
        arguments: [
            #"{"data":{"$patch":"fry"}}"#, #"{"data":{"$retainKeys":1}}"#, #"{"$setElementOrder/parts":1}"#,
            #"{"parts":[{"v":"1"}]}"#, #"{"parts":[{"name":"a","$patch":"fry"}]}"#, "[]",
        ])
    func refusal(_ text: String) throws {
        let patch = try JSON(parsing: text)
        let object = try JSON(parsing: #"{"data":{"a":"1"},"parts":[{"name":"a"}]}"#)
        #expect(throws: StrategicMerge.Failure.self) { try StrategicMerge.apply(patch, to: object, Self.schema) }
    }
}
