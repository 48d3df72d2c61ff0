// SPDX-License-Identifier: Apache-2.0

import CEL
import Testing

@Suite("The functions")
struct LibraryTests {
    @Test(
        "read the fields of an object by their types",
        arguments: [
            "self.replicas == 3", "self.weight == 2.0", "self.port == '50%'", "type(self.port) == string",
            "self.created > timestamp('2026-01-01T00:00:00Z')", "self.ttl == duration('90m')", "self.secret == b'hi'",
            "self.labels.a == '1' && self.labels['b'] == '2'", "'a' in self.labels", "self.tags == ['y', 'x']",
            "self.sizes != [3, 2, 1]", "self.tags + ['x', 'z'] == ['x', 'y', 'z']", "self.x__dash__prop == 7",
            "self.__namespace__ == 'default'", "!has(self.nothing)", "self.items.exists(i, i.name == 'one')",
            "self.items == self.items", "self.nested.name == 'inner' && !has(self.nested.value)", "self == self",
            "self.items.map(i, i.value).sum() == 3",
        ])
    func fields(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "convert and measure",
        arguments: [
            "int('42') == 42", "int(3.9) == 3", "int(-3.9) == -3", "int(1u) == 1", "uint(1) == 1u", "double('1.5') == 1.5",
            "double(2) == 2.0", "string(1.0) == '1'", "string(0.1) == '0.1'", "string(1e21) == '1e+21'",
            "string(-12.5) == '-12.5'", "string(1e-7) == '1e-07'", "string(b'a') == 'a'", "string(true) == 'true'",
            "bool('true')", "string(duration('90s')) == '90s'", "string(duration('1500ms')) == '1.5s'",
            "string(timestamp('2026-01-31T12:00:00+01:00')) == '2026-01-31T11:00:00Z'", "size('é') == 1", "'ab'.size() == 2",
            "[1].size() == 1", "size({'a': 1}) == 1", "type(1) == int && type(null) == null_type && type([]) == list",
            "type(self.created) == google.protobuf.Timestamp", "type(type(1)) == type", "int(timestamp(5)) == 5",
        ])
    func conversions(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "know the calendar",
        arguments: [
            "self.created.getFullYear() == 2026", "self.created.getMonth() == 0", "self.created.getDate() == 31",
            "self.created.getDayOfMonth() == 30", "self.created.getDayOfWeek() == 6", "self.created.getDayOfYear() == 30",
            "self.created.getHours() == 12", "self.created.getMinutes() == 30", "self.created.getSeconds() == 15",
            "self.created.getMilliseconds() == 500", "self.created.getHours('+02:00') == 14",
            "self.created.getHours('-13:00') == 23", "self.ttl.getHours() == 1", "self.ttl.getMinutes() == 90",
            "self.created + duration('12h') == timestamp('2026-02-01T00:30:15.5Z')",
            "timestamp('2024-02-29T00:00:00Z') - timestamp('2023-03-01T00:00:00Z') == duration('8760h')",
            "timestamp('0001-01-01T00:00:00Z') < timestamp('9999-12-31T23:59:59Z')", "duration('-1.5h') < duration('0')",
            "timestamp('1969-12-31T23:59:59.5Z') + duration('1s') == timestamp('1970-01-01T00:00:00.5Z')",
        ])
    func times(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "work on texts",
        arguments: [
            "'hello'.contains('ell') && ''.contains('')", "'hello'.startsWith('he') && !'a'.startsWith('ab')",
            "'hello'.endsWith('lo')", "'tacocat'.charAt(3) == 'o'", "'abc'.charAt(3) == ''", "'hello'.indexOf('l') == 2",
            "'hello'.indexOf('l', 3) == 3", "'hello'.indexOf('x') == -1", "'hello'.lastIndexOf('l') == 3",
            "'hello'.lastIndexOf('l', 2) == 2", "'hello'.indexOf('') == 0 && 'hello'.lastIndexOf('') == 5",
            "'TacoCÆt'.lowerAscii() == 'tacocÆt'", "'TacoCæt'.upperAscii() == 'TACOCæT'", "'a-b-c'.replace('-', '+') == 'a+b+c'",
            "'a-b-c'.replace('-', '+', 1) == 'a+b-c'", "'ab'.replace('', '.') == '.a.b.'", "'a,b,c'.split(',') == ['a', 'b', 'c']",
            "'a,b,c'.split(',', 2) == ['a', 'b,c']", "'a,b'.split(',', 0) == []", "'abc'.split('') == ['a', 'b', 'c']",
            "''.split(',') == ['']", "'tacocat'.substring(4) == 'cat'", "'tacocat'.substring(0, 4) == 'taco'",
            "'  trim\\t\\n'.trim() == 'trim'", "['a', 'b'].join('-') == 'a-b'", "['a', 'b'].join() == 'ab'",
            "strings.quote('a\"\\n') == '\"a\\\\\"\\\\n\"'", "'abc'.reverse() == 'cba'",
        ])
    func texts(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "work on lists",
        arguments: [
            "[1, 3].sum() == 4", "[1.5, 2.5].sum() == 4.0", "['b', 'a'].min() == 'a'", "[1, 3, 2].max() == 3",
            "[1, 2, 2].isSorted() && ![2, 1].isSorted()", "[1, 2, 2].indexOf(2) == 1", "[1, 2, 2].lastIndexOf(2) == 2",
            "[1].indexOf(5) == -1", "[duration('1s'), duration('2s')].sum() == duration('3s')", "[].sum() == 0",
        ])
    func lists(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "work on values that may be absent",
        arguments: [
            "self.?absent.orValue('z') == 'z'", "self.?name.value() == 'web'", "!self.?absent.hasValue()",
            "self.labels[?'a'].orValue('') == '1'", "self.sizes[?9].orValue(0) == 0", "self.?nested.name == optional.of('inner')",
            "self.?nested.?value.orValue(5) == 5", "optional.of(1).or(optional.of(2)).value() == 1",
            "optional.none().or(optional.of(2)).value() == 2", "!optional.ofNonZeroValue('').hasValue()",
            "[?self.?absent, ?self.?name] == ['web']", "{?'a': self.?absent, 'b': 'c'} == {'b': 'c'}",
            "optional.of(2).optMap(x, x * 2).value() == 4", "optional.of(2).optFlatMap(x, optional.of(x)).value() == 2",
            "has(self.?nested.name)", "optional.of(1) != optional.none()",
        ])
    func optionals(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "match patterns",
        arguments: [
            "'abc'.matches('^a.c$')", "matches('abc', 'b')", "!'abc'.matches('^b')", "'a1'.matches('[[:alpha:]][[:digit:]]')",
            "'ABC'.matches('(?i)abc')", "'é'.matches('^\\\\pL$')",
        ])
    func patterns(_ source: String) throws { #expect(try Sample.run(source).bool == true) }
}
