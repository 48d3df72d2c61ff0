// SPDX-License-Identifier: Apache-2.0

import Patterns
import Testing

@Suite("A pattern")
struct PatternTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let pattern: String
        let good: [String]
        let bad: [String]
        var testDescription: String { pattern }

        init(_ pattern: String, good: [String], bad: [String]) {
            self.pattern = pattern
            self.good = good
            self.bad = bad
        }
    }

    static let cases = [
        Case("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", good: ["a", "web-1", "0"], bad: ["", "-a", "a-", "A", "a\n", "a.b"]),
        Case("b", good: ["b", "abc"], bad: ["", "ac"]),
        Case("^a{2,3}$", good: ["aa", "aaa"], bad: ["a", "aaaa"]),
        Case("^a{2}b{0}$", good: ["aa"], bad: ["a", "aab"]),
        Case("^a{2,}$", good: ["aa", "aaaaa"], bad: ["a"]),
        Case("^{x}$", good: ["{x}"], bad: ["x"]),
        Case("^(foo|ba(r|z)|)$", good: ["foo", "bar", "baz", ""], bad: ["ba", "foobar"]),
        Case("^(?:ab)+?$", good: ["ab", "abab"], bad: ["", "aba"]),
        Case("^[^/\\s]+$", good: ["a-b"], bad: ["a/b", "a b", ""]),
        Case("^[\\w.-]+$", good: ["a_b.c-D9"], bad: ["a b", "ä"]),
        Case("^[]a]$", good: ["]", "a"], bad: ["b", ""]),
        Case("^\\d+\\.\\d*$", good: ["1.", "12.50"], bad: [".5", "1,5", "\u{661}."]),
        Case("^.$", good: ["a", "ä", "🌍"], bad: ["", "\n", "ab"]),
        Case("^[\\x41-\\u0043]+$", good: ["ABC"], bad: ["D"]),
        Case("^[^\\W\\d]+$", good: ["abc_"], bad: ["a1", "a-"]),
        Case("\\bcat\\b", good: ["cat", "a cat."], bad: ["cats", "concat"]),
        Case("^(a*)*$", good: ["", "aaa"], bad: ["b"]),
        Case("a$|^b", good: ["ca", "bc"], bad: ["ab c", "cb"]),
        Case("^[[:alpha:]][^[:digit:]]$", good: ["ab", "a-"], bad: ["1a", "a1"]),
        Case("^(?i)ab[c-d]$", good: ["ABC", "aBd"], bad: ["abe"]),
        Case("^(?i:a)b$", good: ["Ab", "ab"], bad: ["aB"]),
        Case("^a(?m:$)", good: ["a", "a\nb"], bad: ["ab"]),
        Case("^(?s).$", good: ["\n", "a"], bad: [""]),
        Case("^(?P<first>a)(?<second>b)$", good: ["ab"], bad: ["a"]),
        Case("^\\p{Lu}\\pL\\PL$", good: ["Äé1"], bad: ["éÄ1", "Äéa"]),
        Case("^\\x{1F30D}$", good: ["🌍"], bad: ["x"]),
    ]

    @Test("matches what it says and nothing else", arguments: cases)
    func matches(_ given: Case) throws {
        let pattern = try Pattern(given.pattern)
        for text in given.good { #expect(pattern.matches(text), "\(text)") }
        for text in given.bad { #expect(!pattern.matches(text), "\(text)") }
    }

    @Test(
        "that cannot be read is refused",
        arguments: [
            "(", ")", "a)", "[a", "*a", "a\\", "[z-a]", "(?=a)", "a{3,2}", "a{1001}", "((a{999}){999})", "\\q", "\\1",
            "[[:greek:]]", "\\p{Greek}", "\\pX", "(?x)", "(?P=a)", "(?<a",
            String(repeating: "(", count: 60) + String(repeating: ")", count: 60),
        ])
    func refuses(_ source: String) {
        #expect(throws: InvalidPattern.self) { try Pattern(source) }
        #expect(Pattern.compiled(source) == nil)
    }

    @Test("costs no more than its length times the text's")
    func isLinear() throws {
        let pattern = try Pattern("^(a+)+$")
        let duration = ContinuousClock().measure {
            #expect(!pattern.matches(String(repeating: "a", count: 5000) + "b"))
        }
        #expect(duration < .seconds(5))
    }

    @Test(
        "finds the leftmost match, and there the one it prefers",
        arguments: [
            ("a+", "baac", "aa"), ("a+?", "baac", "a"), ("a|ab", "ab", "a"), ("ab|a", "ab", "ab"), ("x*", "ab", ""),
            ("b??c", "abc", "bc"), ("(a*)(ab)*", "aab", "aa"), ("$", "ab", ""), ("\\bb", "ab b", "b"),
        ])
    func finds(_ source: String, _ text: String, _ expected: String) throws {
        let scalars = Array(text.unicodeScalars)
        var examined = 0
        let match = try #require(try Pattern(source).firstMatch(in: scalars, from: 0, examined: &examined))
        #expect(scalars[match.range].map(String.init).joined() == expected)
        #expect(examined <= scalars.count)
    }
}
