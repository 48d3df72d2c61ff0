// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Testing

@Suite("An object as it is kept")
struct StoredObjectTests {
    private let head = StoredObject.Head(apiVersion: "compute.scs.community/v1alpha1", kind: "VirtualMachine")
    private let text = #"""
        {"apiVersion":"compute.scs.community/v1alpha1","kind":"VirtualMachine","metadata":{"resourceVersion":"7",\#
        "name":"web","labels":{"tier":"front","odd":1},"generation":2},"spec":{"ratio":1.50,"unknown":[null]},"status":{}}
        """#

    @Test("it is served with the kind, the version and the revision of the reader, byte for byte")
    func serves() throws {
        let stored = StoredObject(try JSON(parsing: text), version: "v1alpha1")
        var bytes: [UInt8] = []
        stored.splice(head, revision: 7, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
        let tree = try stored.tree(head, revision: 7)
        #expect(tree.text == text)
        #expect(StoredObject(tree, version: "v1alpha1") == stored)
    }

    @Test("the name comes first and what the writer put around it does not matter")
    func canonical() throws {
        let other: JSON = [
            "status": [:], "kind": "Other", "spec": ["ratio": .decimal("1.50"), "unknown": [.null]],
            "metadata": ["generation": 2, "resourceVersion": "9", "name": "web"],
        ]
        let stored = StoredObject(other, version: "v1")
        #expect(
            try stored.tree(head, revision: 1)["metadata"]?.text
                == #"{"resourceVersion":"1","name":"web","generation":2}"#)
        #expect(
            try StoredObject(JSON.object(JSONObject()), version: "v1").tree(head, revision: 1)["metadata"]?["name"]
                == "")
    }

    @Test("metadata and labels are read without the rest")
    func metadata() throws {
        let stored = StoredObject(
            version: "v1", tail: Array(#""name":"web","labels":{"a":"b","odd":1}},"spec":{BROKEN"#.utf8))
        #expect(try stored.metadata()["name"] == "web")
        #expect(try stored.labels() == ["a": "b"])
        #expect(throws: JSONError.self) { try stored.tree(head, revision: 1) }
    }

    @Test("what a store keeps reads back as it was")
    func encoded() throws {
        let stored = StoredObject(try JSON(parsing: text), version: "v1alpha1")
        #expect(Array(stored.encoded.prefix(10)) == [1, 8] + Array("v1alpha1".utf8))
        #expect(try StoredObject(encoded: stored.encoded) == stored)
    }

    @Test(
        "bytes that are no stored object are refused",
        arguments: [[], [1], [2, 1, 0x76, 0x7D], [1, 9, 0x76], [1, 1, 0x76], [1, 1, 0xFF, 0x7D]] as [[UInt8]])
    func refused(_ bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try StoredObject(encoded: bytes) }
    }
}
