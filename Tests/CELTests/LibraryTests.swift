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
            "int('42') == 42", "int(3.9) == 3", "int(-3.9) == -3", "int(1u) == 1", "uint(1) == 1u",
            "double('1.5') == 1.5",
            "double(2) == 2.0", "string(1.0) == '1'", "string(0.1) == '0.1'", "string(1e21) == '1e+21'",
            "string(-12.5) == '-12.5'", "string(1e-7) == '1e-07'", "string(b'a') == 'a'", "string(true) == 'true'",
            "bool('true')", "string(duration('90s')) == '90s'", "string(duration('1500ms')) == '1.5s'",
            "string(timestamp('2026-01-31T12:00:00+01:00')) == '2026-01-31T11:00:00Z'", "size('é') == 1",
            "'ab'.size() == 2",
            "[1].size() == 1", "size({'a': 1}) == 1", "type(1) == int && type(null) == null_type && type([]) == list",
            "type(self.created) == google.protobuf.Timestamp", "type(type(1)) == type", "int(timestamp(5)) == 5",
        ])
    func conversions(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "know the calendar",
        arguments: [
            "self.created.getFullYear() == 2026", "self.created.getMonth() == 0", "self.created.getDate() == 31",
            "self.created.getDayOfMonth() == 30", "self.created.getDayOfWeek() == 6",
            "self.created.getDayOfYear() == 30",
            "self.created.getHours() == 12", "self.created.getMinutes() == 30", "self.created.getSeconds() == 15",
            "self.created.getMilliseconds() == 500", "self.created.getHours('+02:00') == 14",
            "self.created.getHours('-13:00') == 23", "self.ttl.getHours() == 1", "self.ttl.getMinutes() == 90",
            "self.created + duration('12h') == timestamp('2026-02-01T00:30:15.5Z')",
            "timestamp('2024-02-29T00:00:00Z') - timestamp('2023-03-01T00:00:00Z') == duration('8760h')",
            "timestamp('0001-01-01T00:00:00Z') < timestamp('9999-12-31T23:59:59Z')",
            "duration('-1.5h') < duration('0')",
            "timestamp('1969-12-31T23:59:59.5Z') + duration('1s') == timestamp('1970-01-01T00:00:00.5Z')",
        ])
    func times(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "work on texts",
        arguments: [
            "'hello'.contains('ell') && ''.contains('')", "'hello'.startsWith('he') && !'a'.startsWith('ab')",
            "'hello'.endsWith('lo')", "'tacocat'.charAt(3) == 'o'", "'abc'.charAt(3) == ''",
            "'hello'.indexOf('l') == 2",
            "'hello'.indexOf('l', 3) == 3", "'hello'.indexOf('x') == -1", "'hello'.lastIndexOf('l') == 3",
            "'hello'.lastIndexOf('l', 2) == 2", "'hello'.indexOf('') == 0 && 'hello'.lastIndexOf('') == 5",
            "'TacoCÆt'.lowerAscii() == 'tacocÆt'", "'TacoCæt'.upperAscii() == 'TACOCæT'",
            "'a-b-c'.replace('-', '+') == 'a+b+c'",
            "'a-b-c'.replace('-', '+', 1) == 'a+b-c'", "'ab'.replace('', '.') == '.a.b.'",
            "'a,b,c'.split(',') == ['a', 'b', 'c']",
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
            "self.labels[?'a'].orValue('') == '1'", "self.sizes[?9].orValue(0) == 0",
            "self.?nested.name == optional.of('inner')",
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
            "'abc'.matches('^a.c$')", "matches('abc', 'b')", "!'abc'.matches('^b')",
            "'a1'.matches('[[:alpha:]][[:digit:]]')",
            "'ABC'.matches('(?i)abc')", "'é'.matches('^\\\\pL$')",
        ])
    func patterns(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "find the parts that match",
        arguments: [
            "'abc 123'.find('[0-9]+') == '123'", "'abc'.find('[0-9]+') == ''",
            "'1, 2, 3'.findAll('[0-9]') == ['1', '2', '3']",
            "'1, 2, 3'.findAll('[0-9]', 2) == ['1', '2']", "'1, 2'.findAll('[0-9]', 0) == []",
            "'abc'.findAll('x') == []",
            "'ab'.findAll('x*') == ['', '', '']", "'1, 2, 3, 4'.findAll('[0-9]+').map(x, int(x)).sum() == 10",
        ])
    func found(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "compare quantities",
        arguments: [
            "isQuantity('1.5Gi') && !isQuantity('1.5Gb') && !isQuantity('') && !isQuantity('1 k')",
            "quantity('500000G').isInteger() && !quantity('1m').isInteger()", "quantity('50k').asInteger() == 50000",
            "quantity('50k').add(quantity('20k')) == quantity('70k')", "quantity('50k').sub(20000) == quantity('30k')",
            "quantity('200M').compareTo(quantity('0.2G')) == 0", "quantity('150Mi').isGreaterThan(quantity('100Mi'))",
            "quantity('50M').isLessThan(quantity('100M'))", "quantity('-1').sign() == -1",
            "quantity('1e3') == quantity('1k')",
            "quantity('1.5').asApproximateFloat() == 1.5", "quantity('1Ki').asInteger() == 1024",
            "quantity('.5') == quantity('500m')", "quantity('0.0000000001') == quantity('1n')",
            "quantity('50k').add(20).sub(quantity('100k')).sub(-50000) == quantity('20')",
        ])
    func quantities(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "know addresses and their ranges",
        arguments: [
            "isIP('192.0.2.1') && isIP('2001:db8::1') && !isIP('192.0.2.256') && !isIP('01.2.3.4') && !isIP('::ffff:1.2.3.4')",
            "ip('192.0.2.1').family() == 4 && ip('::1').family() == 6", "ip.isCanonical('2001:db8::1')",
            "!ip.isCanonical('2001:DB8::1') && !ip.isCanonical('2001:db8:0::1')", "ip('::1').isLoopback()",
            "ip('127.0.0.1').isLoopback() && ip('0.0.0.0').isUnspecified()", "ip('169.254.1.1').isLinkLocalUnicast()",
            "ip('224.0.0.1').isLinkLocalMulticast()",
            "ip('192.0.2.1').isGlobalUnicast() && !ip('::').isGlobalUnicast()",
            "ip('2001:db8::1') == ip('2001:DB8::0:1')", "string(ip('2001:db8:0:0:1:0:0:1')) == '2001:db8::1:0:0:1'",
            "isCIDR('192.0.2.0/24') && !isCIDR('192.0.2.0/33') && !isCIDR('192.0.2.0')",
            "cidr('192.0.2.0/24').containsIP('192.0.2.9') && !cidr('192.0.2.0/24').containsIP(ip('192.0.3.1'))",
            "cidr('192.0.0.0/16').containsCIDR('192.0.2.0/24') && !cidr('192.0.2.0/24').containsCIDR(cidr('192.0.0.0/16'))",
            "cidr('192.0.2.9/20').masked() == cidr('192.0.0.0/20')", "cidr('192.0.2.9/20').ip() == ip('192.0.2.9')",
            "cidr('2001:db8::/33').prefixLength() == 33", "string(cidr('192.0.2.0/24')) == '192.0.2.0/24'",
            "!cidr('::/0').containsIP('192.0.2.1')", "type(ip('::1')) == net.IP",
        ])
    func addresses(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "take URLs apart",
        arguments: [
            "url('https://example.com:80/').getHost() == 'example.com:80'",
            "url('https://example.com:80/').getPort() == '80'",
            "url('https://example.com/path with spaces/').getEscapedPath() == '/path%20with%20spaces/'",
            "url('https://[::1]:80/').getHostname() == '::1'", "url('HTTPS://a/').getScheme() == 'https'",
            "url('https://a/?k=1&k=2&b=%20x').getQuery() == {'k': ['1', '2'], 'b': [' x']}",
            "url('/path').getHost() == ''",
            "isURL('https://example.com') && isURL('/absolute') && !isURL('../relative') && !isURL('https://a:b/') && !isURL('')",
            "!isURL(':x') && !isURL('https://a/%zz')", "url('https://a:b@example.com/').getHost() == 'example.com'",
        ])
    func urls(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "know formats, sets, versions and numbers",
        arguments: [
            "!format.dns1123Label().validate('web-1').hasValue()", "format.dns1123Label().validate('Web').hasValue()",
            "format.named('uuid').hasValue() && !format.named('x').hasValue()",
            "format.dns1123LabelPrefix().validate('a-') == optional.none()",
            "!format.qualifiedName().validate('example.com/name').hasValue()",
            "format.datetime().validate('2026-01-01').hasValue()",
            "sets.contains([1, 2], [2]) && !sets.contains([1], [2]) && sets.contains([], [])",
            "sets.equivalent([1, 1, 2], [2, 1]) && sets.intersects([1, 2], [2, 3]) && !sets.intersects([1], [])",
            "isSemver('1.2.3') && !isSemver('v1.2.3') && isSemver('v1.2', true)",
            "semver('1.2.3-rc.1').isLessThan(semver('1.2.3'))",
            "semver('1.10.0').isGreaterThan(semver('1.9.0'))", "semver('1.2.3').minor() == 2",
            "semver('1.0.0').compareTo(semver('1.0.0+b')) == 0",
            "math.greatest(1, 5, 3) == 5 && math.least([4, 2]) == 2",
            "math.ceil(1.2) == 2.0 && math.round(-1.5) == -2.0",
            "math.abs(-3) == 3 && math.sign(-2.5) == -1.0 && math.isNaN(0.0 / 0.0)",
        ])
    func rest(_ source: String) throws { #expect(try Sample.run(source).bool == true) }

    @Test(
        "write values into a text",
        arguments: [
            "'%s is %d'.format(['a', 1]) == 'a is 1'",
            "'%.2f'.format([2.345]) == '2.35' || '%.2f'.format([2.345]) == '2.34'",
            "'%f'.format([1.5]) == '1.500000'", "'%.0f'.format([2.5]) == '2'", "'%.1f'.format([9.96]) == '10.0'",
            "'%e'.format([1234.5]) == '1.234500e+03'", "'%.1e'.format([9.96]) == '1.0e+01'",
            "'%x %X %o %b'.format([255, 255, 8, 5]) == 'ff FF 10 101'",
            "'%s'.format([[1, 2]]) == '[1, 2]'", "'%s'.format([{'b': 1, 'a': true}]) == '{a: true, b: 1}'",
            "'100%%'.format([]) == '100%'",
            "'%x'.format(['hi']) == '6869'", "'%.3f'.format([0.0005]) == '0.001' || '%.3f'.format([0.0005]) == '0.000'",
        ])
    func formats(_ source: String) throws { #expect(try Sample.run(source).bool == true) }
}
