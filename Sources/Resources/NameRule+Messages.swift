// SPDX-License-Identifier: Apache-2.0

// What upstream says; clients show it to users, who search for it.

extension NameRule {
    static let labelMessage = message(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and "
            + "end with an alphanumeric character",
        examples: ["my-name", "123-abc"], pattern: "[a-z0-9]([-a-z0-9]*[a-z0-9])?")

    static let subdomainMessage = message(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
            + "start and end with an alphanumeric character",
        examples: ["example.com"], pattern: #"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"#)

    static let label1035Message = message(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
            + "character, and end with an alphanumeric character",
        examples: ["my-name", "abc-123"], pattern: "[a-z]([-a-z0-9]*[a-z0-9])?")

    static let labelNameMessage = message(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
            + "character",
        examples: ["MyName", "my.name", "123-abc"], pattern: "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")

    static let labelKeyMessage =
        labelNameMessage + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"

    static let labelValueMessage = message(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
            + "start and end with an alphanumeric character",
        examples: ["MyValue", "my_value", "12345"], pattern: "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?")

    static let dataKeyMessage = message(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        examples: ["key.name", "KEY_NAME", "key-name"], pattern: "[-._a-zA-Z0-9]+")

    private static func message(_ rule: String, examples: [String], pattern: String) -> String {
        let list = examples.map { "'\($0)'" }.joined(separator: ",  or ")
        return "\(rule) (e.g. \(list), regex used for validation is '\(pattern)')"
    }
}
