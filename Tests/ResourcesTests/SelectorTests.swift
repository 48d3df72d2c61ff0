// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Testing

@Suite("Selectors")
struct SelectorTests {
    private let labels = ["app": "web", "tier": "front", "empty": "", "example.com/a": "1"]

    @Test(
        "a label selector matches as it says",
        arguments: [
            ("", true), ("app=web", true), ("app==web", true), ("app = web , tier", true), ("app=db", false),
            ("app!=db", true),
            ("none!=db", true), ("app!=web", false), ("app in (db,web)", true), ("app in (db)", false),
            ("app notin (db,cache)", true),
            ("app notin (web)", false), ("none notin (web)", true), ("app", true), ("none", false), ("!none", true),
            ("! app", false),
            ("empty=", true), ("empty=,app", true), ("app=", false), ("empty in (,x)", true), ("example.com/a=1", true),
            ("app=web,tier=back", false), ("in in (a)", false), ("!in,app in(web)", true),
            ("example.com/a>0", true), ("example.com/a>1", false), ("example.com/a < 2", true), ("app>1", false),
            ("none<1", false),
        ])
    func labelSelector(_ text: String, _ matches: Bool) throws {
        let selector = try LabelSelector(text)
        #expect(selector.matches(labels) == matches)
        #expect(try LabelSelector(selector.description) == selector)
        #expect(selector.isEmpty == text.isEmpty)
    }

    @Test(
        "a wrong label selector is refused in upstream's words",
        arguments: [
            ("k===", "unable to parse requirement: found '=', expected: identifier"),
            ("app in x", "unable to parse requirement: found 'x' expected: '('"),
            ("app=a b", "found 'b', expected: ',' or 'end of string'"),
            (
                "-app=x",
                "unable to parse requirement: <nil>: Invalid value: \"-app\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
            ),
        ])
    func wrongLabelSelector(_ text: String, _ message: String) {
        #expect(throws: InvalidSelector(message)) { try LabelSelector(text) }
    }

    @Test(
        "what is no label selector is refused",
        arguments: [
            ",", "a,", "a,,b", "=a", "a=b=c", "a in", "a in (", "a in (b", "a in (b c)", "a!", "!", "!a=b", "a=b!c",
            "(a)", "a>b", "a>", "a<1.5", "a>=1", "a b",
        ])
    func noLabelSelector(_ text: String) {
        #expect(throws: InvalidSelector.self) { try LabelSelector(text) }
    }

    @Test(
        "a label selector in an object matches as it says",
        arguments: [
            ("{}", true), (#"{"matchLabels":{"app":"web"}}"#, true),
            (#"{"matchLabels":{"app":"web","tier":"back"}}"#, false),
            (
                #"{"matchExpressions":[{"key":"app","operator":"In","values":["web"]},{"key":"x","operator":"DoesNotExist"}]}"#,
                true
            ),
            (#"{"matchExpressions":[{"key":"app","operator":"NotIn","values":["web"]}]}"#, false),
            (#"{"matchExpressions":[{"key":"app","operator":"Exists"}]}"#, true),
        ])
    func labelSelectorTree(_ text: String, _ matches: Bool) throws {
        #expect(try LabelSelector(tree: JSON(parsing: text)).matches(labels) == matches)
    }

    @Test(
        "a wrong label selector in an object is refused",
        arguments: [
            #"{"matchLabels":{"app":1}}"#, #"{"matchExpressions":[{"key":"app","operator":"Like","values":["web"]}]}"#,
            #"{"matchExpressions":[{"key":"app","operator":"In"}]}"#, #"{"matchLabels":{"app":"a b"}}"#,
            #"{"matchExpressions":[{"key":"app","operator":"Exists","values":["x"]}]}"#,
            #"{"matchExpressions":[{"operator":"Exists"}]}"#,
        ])
    func wrongLabelSelectorTree(_ text: String) throws {
        let tree = try JSON(parsing: text)
        #expect(throws: InvalidSelector.self) { try LabelSelector(tree: tree) }
    }

    @Test(
        "a field selector matches as it says",
        arguments: [
            ("", true), ("metadata.name=web", true), ("metadata.name==web", true), ("metadata.name!=web", false),
            ("metadata.name=web,spec.x!=y", true), ("spec.none=", true), (#"spec.odd=a\,b\=c\\d"#, true),
            (#"spec.odd!=a\,b\=c\\d"#, false),
            (",metadata.name=web,", true),
        ])
    func fieldSelector(_ text: String, _ matches: Bool) throws {
        let fields = ["metadata.name": "web", "spec.odd": #"a,b=c\d"#]
        let selector = try FieldSelector(text)
        #expect(selector.matches { fields[$0] ?? "" } == matches)
        #expect(try FieldSelector(selector.description) == selector)
    }

    @Test("a field selector knows the one value that a field must have")
    func oneValue() throws {
        #expect(try FieldSelector("a!=c,metadata.name=web").value(of: "metadata.name") == "web")
        #expect(try FieldSelector("metadata.name!=web").value(of: "metadata.name") == nil)
    }

    @Test("a wrong field selector is refused in upstream's words")
    func wrongFieldSelector() {
        let message = "invalid selector: 'metadata.name'; can't understand 'metadata.name'"
        #expect(throws: InvalidSelector(message)) { try FieldSelector("metadata.name") }
        #expect(throws: InvalidSelector.self) { try FieldSelector("a=b=c") }
        #expect(throws: InvalidSelector.self) { try FieldSelector(#"a=b\c"#) }
    }
}
