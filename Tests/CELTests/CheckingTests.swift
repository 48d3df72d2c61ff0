// SPDX-License-Identifier: Apache-2.0

import CEL
import Testing

@Suite("Checking an expression")
struct CheckingTests {
    @Test(
        "names what is wrong with it as upstream does",
        arguments: [
            ("self.b == 'x'", "ERROR: <input>:1:5: undefined field 'b'\n | self.b == 'x'\n | ....^"),
            ("foo", "ERROR: <input>:1:1: undeclared reference to 'foo' (in container '')\n | foo\n | ^"),
            (
                "1 + 'a'",
                "ERROR: <input>:1:3: found no matching overload for '_+_' applied to '(int, string)'\n | 1 + 'a'\n | ..^"
            ),
            (
                "self.name.charAt('a')",
                "ERROR: <input>:1:17: found no matching overload for 'charAt' applied to 'string.(string)'\n"
                    + " | self.name.charAt('a')\n | ................^"
            ),
            (
                "true &&\n  1",
                "ERROR: <input>:1:6: found no matching overload for '_&&_' applied to '(bool, int)'\n | true &&\n | .....^"
            ),
            ("true\n  && x", "ERROR: <input>:2:6: undeclared reference to 'x' (in container '')\n |   && x\n | .....^"),
        ])
    func words(_ source: String, _ message: String) {
        #expect {
            _ = try Program(source, variables: Sample.variables)
        } throws: {
            ($0 as? CompileError)?.description == message
        }
    }

    @Test(
        "refuses what cannot be read",
        arguments: [
            "", "1 +", "(1", "[1", "{1}", "'a", "a.", "a.1", "f(1,)", "1 ? 2", "has(1)", "[1].all(1, true)", "for",
            "@", "'\\q'", "1..2", "a b", "self.in", "0x", "99999999999999999999", "\"a\nb\"", "'\\ud800'", "A{a: 1}",
            "1 == 1.0", "[1, 'a']", "{'a': 1, 'b': ''}", "self.replicas == 'a'", "self.sizes.all(x, x)", "!1", "-'a'",
            "1.all(x, true)", "self.name.foo", "self.labels == 1", "size(1)", "self.unknown()", "self.sizes[true]",
            "true ? 1 : 'a'", "[1].exists_one(x, 1)", "self.name == self.sizes",
        ])
    func refused(_ source: String) {
        #expect(throws: CompileError.self) { try Program(source, variables: Sample.variables) }
    }

    @Test("knows the variables that are read")
    func reads() throws {
        let variables = [Variable("self", .int), Variable("oldSelf", .int)]
        #expect(try Program("self > 0", variables: variables).reads == ["self"])
        #expect(try Program("self > oldSelf", variables: variables).reads == ["self", "oldSelf"])
        #expect(try Program("[1].all(oldSelf, oldSelf > self)", variables: variables).reads == ["self"])
    }

    @Test(
        "finds the type",
        arguments: [
            ("1", "int"), ("[1]", "list(int)"), ("[]", "list(dyn)"), ("{'a': 1u}", "map(string, uint)"),
            ("self.port", "dyn"), ("self.created - self.created", "duration"), ("type(1)", "type"),
            ("self.sizes.map(x, string(x))", "list(string)"), ("self.?name", "optional_type(string)"),
            ("self.?name.orValue('')", "string"), ("self.labels['a']", "string"),
            ("self.labels[?'a']", "optional_type(string)"),
            ("self.sizes.min()", "int"), ("self.items[0].value", "int"), ("true ? self.port : 1", "dyn"),
        ])
    func types(_ source: String, _ type: String) throws {
        #expect(try Program(source, variables: Sample.variables).type.description == type)
    }
}
