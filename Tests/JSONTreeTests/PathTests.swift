// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Testing

@Suite("Finding values by pointer and path")
struct PathTests {
    @Test(
        "a pointer leads where RFC 6901 says",
        arguments: [
            ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
            ("/e^f", "3"),
            ("/g|h", "4"), (#"/i\j"#, "5"), (#"/k"l"#, "6"), ("/ ", "7"), ("/m~0n", "8"),
        ])
    func pointer(_ text: String, _ found: String) throws {
        let document: JSON = [
            "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, #"i\j"#: 5, #"k"l"#: 6, " ": 7,
            "m~n": 8,
        ]
        let pointer = try #require(JSONPointer(text))
        #expect(document.value(at: pointer)?.text == found)
        #expect(pointer.description == text)
        #expect(document.value(at: try #require(JSONPointer(""))) == document)
    }

    @Test(
        "a pointer to nothing finds nothing", arguments: ["/foo/2", "/foo/-", "/foo/00", "/foo/+1", "/bar", "/foo/0/x"])
    func pointerToNothing(_ text: String) throws {
        let document: JSON = ["foo": ["bar", "baz"]]
        #expect(document.value(at: try #require(JSONPointer(text))) == nil)
    }

    @Test(
        "a path finds values in the order of the tree",
        arguments: [
            (".spec.name", #"["web"]"#), (".status.addresses[0].address", #"["10.0.0.1"]"#),
            (".status.addresses[*].address", #"["10.0.0.1","fd00::1"]"#),
            (".status.addresses[-1:].address", #"["fd00::1"]"#),
            (#".status.conditions[?(@.type=="Ready")].status"#, #"["True"]"#),
            (".status.conditions[?(@.type == 'None')].status", "[]"),
            (".status.conditions[?(@.seen==true)].type", #"["Progressing"]"#), (".metadata.labels['a.b/c']", #"["x"]"#),
            (#".metadata.labels.a\.b/c"#, #"["x"]"#), (".metadata.labels.*", #"["x","y"]"#),
            (".spec.none.deeper", "[]"),
            (".spec[0]", "[]"), (".status.addresses[7]", "[]"), ("['spec']['name']", #"["web"]"#),
        ])
    func path(_ text: String, _ found: String) throws {
        let tree: JSON = [
            "metadata": ["labels": ["a.b/c": "x", "d": "y"]], "spec": ["name": "web"],
            "status": [
                "addresses": [["address": "10.0.0.1"], ["address": "fd00::1"]],
                "conditions": [
                    ["type": "Ready", "status": "True"], ["type": "Progressing", "status": "False", "seen": true],
                ],
            ],
        ]
        let path = try #require(JSONPath(text))
        #expect(JSON.array(path.values(in: tree)).text == found)
        #expect(path.first(in: tree) == path.values(in: tree).first)
        #expect(JSONPath(path.description) == path)
    }

    @Test(
        "what is no path of this subset is none",
        arguments: [
            "", ".", "spec", ".spec.", "..spec", ".a[", ".a[]", ".a[x]", ".a['b]", ".a[1:2]", ".a[?(@.b>1)]",
            ".a[?(@.b==)]",
            ".a[?(b=='c')]", #".a\"#, ".a b", ".a[?(@.b=='c']",
        ])
    func noPath(_ text: String) {
        #expect(JSONPath(text) == nil)
    }
}
