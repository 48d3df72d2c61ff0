// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

@Suite("Rules for names")
struct NameRuleTests {
    @Test(
        "a text is right or wrong",
        arguments: [
            (
                .label, ["a", "a-1", "0", String(repeating: "a", count: 63)],
                ["", "-a", "a-", "A", "a.b", "a_b", "ä", String(repeating: "a", count: 64)]
            ),
            (
                .subdomain, ["a", "a.b-c.d", "0.1", String(repeating: "a", count: 253)],
                ["", ".", "..", "a.", ".a", "a..b", "a_b", "a/b", "Upper", String(repeating: "a", count: 254)]
            ),
            (.label1035, ["a", "a-1"], ["", "1a", "-a", "a-", "A"]),
            (.pathSegment, ["a", "system:node", "A b", "..."], [".", "..", "a/b", "a%b"]),
            (
                .labelKey, ["a", "A.b_c-d", "example.com/a", "1"],
                ["", "/a", "a/", "a/b/c", "Ex.com/a", "-a", "a b", "example.com/" + String(repeating: "a", count: 64)]
            ),
            (
                .labelValue, ["", "a", "A.b_c-d", String(repeating: "a", count: 63)],
                ["-a", "a-", "no!", "a b", "é", String(repeating: "x", count: 64)]
            ),
            (.dataKey, ["a", ".a", "-", "KEY_NAME", "tls.crt"], ["", ".", "..", "..a", "a b", "a/b"]),
        ] as [(NameRule, [String], [String])])
    func rules(_ rule: NameRule, _ right: [String], _ wrong: [String]) {
        for text in right { #expect(rule.issues(text) == [], "\(rule) must allow \(text)") }
        for text in wrong { #expect(!rule.allows(text), "\(rule) must refuse \(text)") }
    }

    @Test(
        "what is wrong is said in upstream's words",
        arguments: [
            (
                .subdomain, "a_b",
                [
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
                ]
            ),
            (.subdomain, String(repeating: "a", count: 254), ["must be no more than 253 characters"]),
            (
                .labelKey, "a b",
                [
                    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
                ]
            ),
            (
                .labelValue, "no!",
                [
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
                ]
            ),
            (.labelValue, String(repeating: "x", count: 64), ["must be no more than 63 bytes"]),
            (.dataKey, "..", ["must not be '..'"]),
            (
                .dataKey, "a b",
                [
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
                ]
            ),
            (.pathSegment, "a/b%", ["may not contain '/'", "may not contain '%'"]),
            (.labelKey, "/a", ["prefix part must be non-empty"]),
        ] as [(NameRule, String, [String])])
    func messages(_ rule: NameRule, _ text: String, _ messages: [String]) {
        #expect(rule.issues(text) == messages)
    }
}
