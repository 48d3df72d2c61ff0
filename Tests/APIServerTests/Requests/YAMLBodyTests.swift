// SPDX-License-Identifier: Apache-2.0

import APIServer
import JSONTree
import Resources
import Testing

@Suite("YAML bodies")
struct YAMLBodyTests {
    @Test("YAML becomes the tree that it means")
    func reads() throws {
        let text = """
            kind: Widget
            metadata: {name: web, labels: {a: "1"}}
            spec:
              on: yes
              count: 3
              ratio: 1.50
              mode: 0644
              mask: 0xff
              time: 22:22
              none: ~
              text: |
                line & line
              list:
                - a
                - 'true'
            """
        let tree = try YAMLBody.tree(Array(text.utf8))
        #expect(tree["metadata"]?["labels"]?["a"] == "1")
        #expect(tree["spec"]?["on"] == true)
        #expect(tree["spec"]?["ratio"] == .decimal("1.50"))
        #expect(tree["spec"]?["mode"] == 420)
        #expect(tree["spec"]?["mask"] == 255)
        #expect(tree["spec"]?["time"] == "22:22")
        #expect(tree["spec"]?["none"] == .null)
        #expect(tree["spec"]?["text"] == "line & line\n")
        #expect(tree["spec"]?["list"] == ["a", "true"])
    }

    @Test(
        "what is dangerous or ambiguous is refused",
        arguments: [
            "a: &x [1]\nb: *x", "a: 1\na: 2", "a: 1\n---\nb: 2", "a: [", "<<: {a: 1}", "? [a]\n: b", "\u{FEFF}a: *x",
            String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
        ])
    func refuses(_ text: String) {
        #expect { try YAMLBody.tree(Array(text.utf8)) } throws: { ($0 as? APIError)?.reason == .badRequest }
    }

    @Test("an empty document is null")
    func empty() throws { #expect(try YAMLBody.tree([]) == .null) }
}
