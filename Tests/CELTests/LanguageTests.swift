// SPDX-License-Identifier: Apache-2.0

import CEL
import Testing

@Suite("The language")
struct LanguageTests {
    @Test(
        "reads literals",
        arguments: [
            "0x1F == 31", "-9223372036854775808 < 0", "1u == 1u", "1.5e3 == 1500.0", ".5 == 0.5", "'a' == \"a\"",
            "'''a'b''' == \"a'b\"", "r'\\n' == '\\\\n'", "'\\x41\\u0042\\103' == 'ABC'", "b'\\xff'.size() == 1",
            "b'a' == bytes('a')", "'a // b' == 'a // b' // a comment", "[1, 2,].size() == 2", "{'a': 1}.a == 1",
            "{'a': 1}['a'] == 1", "'e\\u0301' != '\\u00e9'", "null == null", "!false", "--1 == 1", "- 1 == -1",
        ])
    func literals(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "binds operators as C does",
        arguments: [
            "1 + 2 * 3 == 7", "(1 + 2) * 3 == 9", "10 - 4 - 3 == 3", "7 / 2 == 3", "-7 / 2 == -3", "-7 % 3 == -1",
            "true || false && false", "1 < 2 == true", "false ? false : true", "true ? 1 == 1 : false",
            "false ? 1 == 2 : false ? false : true", "1 in [1, 2] && !(3 in [1, 2])", "'a' in {'a': 1}",
            "!true == false", "'b' > 'a' && b'b' > b'a' && true > false", "[1] + [2] == [1, 2]",
        ])
    func operators(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "compares numbers by value",
        arguments: [
            "1 < 1.5", "2u > 1", "1.0 <= 1", "dyn(1) == dyn(1.0)", "dyn(1u) == 1", "dyn('1') != 1",
            "9223372036854775807 < 9223372036854775808.0", "18446744073709551615u > -1",
            "!(0.0 / 0.0 == 0.0 / 0.0)", "!(0.0 / 0.0 < 1.0)", "1.0 / 0.0 > 1e308", "dyn([1, 2]) == [1.0, 2.0]",
            "{1: 'a'}[dyn(1.0)] == 'a'", "[1, 2][dyn(1u)] == 2",
        ])
    func numbers(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "opens macros",
        arguments: [
            "has(self.name) && !has(self.absent)", "[1, 2].all(x, x > 0)", "[].all(x, false)",
            "[1, 2].exists(x, x == 2)",
            "[1, 2, 2].exists_one(x, x == 1)", "![1, 2, 2].exists_one(x, x == 2)",
            "[1, 2, 3].filter(x, x > 1) == [2, 3]",
            "[1, 2].map(x, x * 2) == [2, 4]", "[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]", "{'a': 1}.all(k, k == 'a')",
            "{'a': 1}.map(k, k) == ['a']", "[[1], [2]].all(x, x.all(y, y > 0))", "[1, 2].all(i, v, v == i + 1)",
            "{'a': 1}.exists(k, v, k == 'a' && v == 1)", "[1, 2].transformList(i, v, i + v) == [1, 3]",
            "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2}", "[1].map(self, self) == [1]",
        ])
    func macros(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "lets one side of a question answer for a failing other",
        arguments: [
            "1 / 0 > 0 || true", "true || 1 / 0 > 0", "!(1 / 0 > 0 && false)", "[0, 1].exists(x, 1 / x == 1)",
            "![0, 2].all(x, 4 / x > 5)", "true ? true : 1 / 0 > 0",
        ])
    func absorption(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "fails where there is no value",
        arguments: [
            ("1 / 0 == 1", "division by zero"), ("1 % 0 == 1", "modulus by zero"),
            ("9223372036854775807 + 1 == 0", "integer overflow"), ("-9223372036854775807 - 2 == 0", "integer overflow"),
            ("9223372036854775807 * 2 == 0", "integer overflow"),
            ("-(-9223372036854775807 - 1) == 0", "integer overflow"),
            ("(-9223372036854775807 - 1) / -1 == 0", "integer overflow"),
            ("0u - 1u == 0u", "unsigned integer overflow"),
            ("{'a': 1}['b'] == 1", "no such key: b"), ("self.absent == ''", "no such key: absent"),
            ("[1][1] == 1", "index out of bounds: 1"), ("[1][-1] == 1", "index out of bounds: -1"),
            ("dyn('a') + 1 == 2", "no such overload"), ("dyn(1) && true", "no such overload"),
            ("int(1e19) == 1", "integer overflow"), ("{'a': 1, 'a': 2}.size() == 2", "Failed with repeated key"),
            ("'x'.matches('(')", "error parsing regexp: ("),
            ("optional.none().value() == 1", "optional.none() dereference"),
        ])
    func failures(_ source: String, _ message: String) throws {
        #expect {
            _ = try Sample.run(source)
        } throws: {
            ($0 as? EvaluationError)?.description == message
        }
    }
}
