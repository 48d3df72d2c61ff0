// SPDX-License-Identifier: Apache-2.0

import JSONTree

@testable import Merging

/// Chance that can be repeated: the seed is the test's argument, so a failure prints it.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    /// One step of SplitMix64, https://prng.di.unimi.it/splitmix64.c.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func set() -> FieldSet {
        FieldSet((0..<Int.random(in: 0...12, using: &self)).map { _ in path() })
    }

    private mutating func path() -> [PathElement] {
        (0...Int.random(in: 0...3, using: &self)).map { _ in element() }
    }

    private mutating func element() -> PathElement {
        let name = "abc".randomElement(using: &self).map(String.init) ?? "a"
        return switch Int.random(in: 0..<6, using: &self) {
        case 0: .key([.init("name", .string(name))])
        case 1: .value(.string(name))
        case 2: .index(Int.random(in: 0..<3, using: &self))
        default: .field(name)
        }
    }

    /// A configuration of a widget with a few of its fields.
    mutating func configuration() -> JSON {
        var spec = JSON.object(JSONObject())
        if Bool.random(using: &self) { spec["size"] = pick(["small", "large"]) }
        if Bool.random(using: &self) { spec["replicas"] = .integer(Int64.random(in: 0...3, using: &self)) }
        if Bool.random(using: &self) { spec["tags"] = .array(some(["a", "b", "c", "d"])) }
        if Bool.random(using: &self) { spec["order"] = .array(some(["x", "y"])) }
        if Bool.random(using: &self) {
            spec["parts"] = .array(some(["a", "b", "c"]).map { ["name": $0, "value": pick(["v", "w"])] })
        }
        if Bool.random(using: &self) {
            spec["limits"] = .object(JSONObject(some(["cpu", "memory"]).map { ($0.string ?? "", pick(["1", "2"])) }))
        }
        if Bool.random(using: &self) {
            spec["raw"] = ["a": [pick(["p", "q"]).string ?? "": 1], "c": pick(["1", "2"])]
        }
        return [
            "apiVersion": "corpus.example.org/v1", "kind": "Widget", "metadata": ["name": "one"], "spec": spec,
        ]
    }

    private mutating func pick(_ values: [JSON]) -> JSON { values.randomElement(using: &self) ?? .null }

    private mutating func some(_ values: [JSON]) -> [JSON] {
        values.shuffled(using: &self).prefix(Int.random(in: 0...values.count, using: &self)).map(\.self)
    }
}
