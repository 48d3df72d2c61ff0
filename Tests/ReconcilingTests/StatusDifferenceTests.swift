// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Testing

@testable import Reconciling

@Suite("Status difference")
struct StatusDifferenceTests {
    @Test(
        "the patch makes one value into the other, and is absent when they are the same",
        arguments: [
            ([:], [:], nil),
            (["a": 1], ["a": 1], nil),
            (["a": 1], ["a": 2], ["a": 2]),
            (["a": 1, "b": 2], ["b": 2], ["a": .null]),
            ([:], ["a": ["b": 1]], ["a": ["b": 1]]),
            (["a": ["b": 1, "c": 2]], ["a": ["b": 1, "d": 3]], ["a": ["c": .null, "d": 3]]),
            (["a": [1, 2]], ["a": [2]], ["a": [2]]),
            (["a": 1], ["a": ["b": 1]], ["a": ["b": 1]]),
            (["a": ["b": 1]], ["a": "x"], ["a": "x"]),
            (["a": 1], ["a": .null], ["a": .null]),
            (["a": ["b": 1]], ["a": [:]], ["a": ["b": .null]]),
        ] as [(JSON, JSON, JSON?)])
    func patch(old: JSON, new: JSON, expected: JSON?) {
        let patch = old.mergePatch(to: new)
        #expect(patch == expected)
        if let patch, new["a"]?.isNull != true { #expect(old.merging(patch) == new) }
    }
}
