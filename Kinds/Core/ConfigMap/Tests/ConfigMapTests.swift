// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Testing

@testable import CoreKinds

@Suite("ConfigMap")
struct ConfigMapTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var new: JSON
        var old: JSON?
        var paths: [String]
    }

    static let cases = [
        Case(testDescription: "good", new: ["data": ["a": "?"], "binaryData": ["b": "MQ=="]], paths: []),
        Case(testDescription: "bytes that are no base64", new: ["binaryData": ["b": "?"]], paths: ["binaryData[b]"]),
        Case(
            testDescription: "a key twice", new: ["data": ["a": "1"], "binaryData": ["a": "MQ=="]],
            paths: ["data[a]"]),
        Case(
            testDescription: "immutable, changed", new: ["data": ["a": "2"], "immutable": true],
            old: ["data": ["a": "1"], "immutable": true], paths: ["data"]),
        Case(
            testDescription: "made immutable and changed at once", new: ["data": ["a": "2"], "immutable": true],
            old: ["data": ["a": "1"]], paths: []),
    ]

    @Test("names what is wrong", arguments: cases)
    func issues(_ given: Case) {
        let issues = ConfigMap.issues(Object(given.new), given.old.map { Object($0) })
        #expect(issues.map(\.path) == given.paths)
    }
}
