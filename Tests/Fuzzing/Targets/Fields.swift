// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Merging
import Schemas

extension FuzzTarget {
    /// Two sets of fields, `[FIELDS, FIELDS]`: they are written as they were read, and the laws of sets hold.
    static let fields = FuzzTarget(
        name: "fields", words: [#""f:a":{},"#, #""k:{\"name\":\"a\"}":{},"#, #""v:1":{},"#, #""i:0":{},"#, #"".":{},"#]
    ) { bytes in
        guard let tree = try? JSON(parsing: bytes), let trees = tree.array, trees.count >= 2 else { return .refused }
        guard let a = try? FieldSet(tree: trees[0]), let b = try? FieldSet(tree: trees[1]) else { return .refused }
        for set in [a, b, a.union(b), a.intersection(b), a.subtracting(b)] {
            try hold("a set is read as it was written", (try? FieldSet(tree: set.tree)) == set)
        }
        try hold("a ∪ b = b ∪ a", a.union(b) == b.union(a))
        try hold("a ∩ b = b ∩ a", a.intersection(b) == b.intersection(a))
        try hold("a ∪ a = a", a.union(a) == a)
        try hold("a − a = ∅", a.subtracting(a).isEmpty)
        try hold("(a − b) ∩ b = ∅", a.subtracting(b).intersection(b).isEmpty)
        try hold("(a − b) ∪ (a ∩ b) = a", a.subtracting(b).union(a.intersection(b)) == a)
        return .accepted
    }

    /// An object and a configuration that is laid over it, `{"live": …, "apply": …}`: a second time it changes nothing.
    static let apply = FuzzTarget(
        name: "apply",
        words: [#""managedFields":[],"#, #""name":"a","#, #""items":[],"#, #""f:spec":{},"#, "null", #""tags":["x"],"#]
    ) { bytes in
        guard let tree = try? JSON(parsing: bytes), let live = tree["live"], let configuration = tree["apply"],
            live.object != nil, configuration.object != nil
        else { return .refused }
        guard let first = applied(configuration, to: live) else { return .refused }
        try hold("books are read as they were written", (try? ManagedFields(tree: books(first))) != nil)
        guard let second = applied(configuration, to: first) else {
            throw Finding("what was applied can be applied again")
        }
        try hold("applying the same again changes nothing", second.means(first))
        return .accepted
    }

    private static func applied(_ configuration: JSON, to live: JSON) -> JSON? {
        let writer = Writer("fuzzer", apiVersion: "v1", time: "2026-01-01T00:00:00Z")
        let ownership = Ownership(Samples.shape, VersionShapes("v1", Samples.shape), writer)
        guard let made = try? ownership.apply(configuration, to: live, force: true) else { return nil }
        var object = made.object
        var metadata = object["metadata"]?.object.map(JSON.object) ?? [:]
        metadata["managedFields"] = made.managed.tree
        object["metadata"] = metadata
        return object
    }

    private static func books(_ object: JSON) -> JSON? { object["metadata"]?["managedFields"] }
}

/// A schema with each sort of list and map.
enum Samples {
    static let schema = Schema(openAPI: [
        "type": "object",
        "properties": [
            "apiVersion": ["type": "string"], "kind": ["type": "string"], "metadata": metadata,
            "spec": [
                "type": "object",
                "properties": [
                    "size": ["type": "integer"], "text": ["type": "string", "default": "x"],
                    "port": ["x-kubernetes-int-or-string": true],
                    "tags": ["type": "array", "x-kubernetes-list-type": "set", "items": ["type": "string"]],
                    "plain": [
                        "type": "array", "items": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
                    ],
                    "items": [
                        "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                        "items": item,
                    ],
                    "whole": ["type": "object", "x-kubernetes-map-type": "atomic", "additionalProperties": text],
                    "more": ["type": "object", "additionalProperties": text],
                    "open": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
                ],
            ],
        ],
    ])
    static let shape = Merging.Shape(schema)

    private static let text: JSON = ["type": "string"]
    private static let item: JSON = [
        "type": "object", "required": ["name"],
        "properties": [
            "name": ["type": "string"], "value": ["type": "integer"],
            "sub": ["type": "object", "additionalProperties": ["type": "string"]],
        ],
    ]
    private static let metadata: JSON = [
        "type": "object",
        "properties": [
            "name": ["type": "string"], "labels": ["type": "object", "additionalProperties": ["type": "string"]],
            "finalizers": ["type": "array", "x-kubernetes-list-type": "set", "items": ["type": "string"]],
        ],
    ]
}
