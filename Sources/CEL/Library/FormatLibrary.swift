// SPDX-License-Identifier: Apache-2.0

import Patterns

/// A named way to write texts. https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-format-library
struct NamedFormat: ExtendedValue, Hashable {
    static let typeName = "kubernetes.NamedFormat"

    let name: String

    /// Absent when no format has the name.
    init?(_ name: String) {
        guard Self.names.contains(name) else { return nil }
        self.name = name
    }

    static let names = [
        "dns1123Label", "dns1123Subdomain", "dns1035Label", "qualifiedName", "dns1123LabelPrefix",
        "dns1123SubdomainPrefix", "dns1035LabelPrefix", "labelValue", "uri", "uuid", "byte", "date", "datetime",
    ]

    /// What is wrong with a text; absent when nothing is.
    func problem(with text: String) -> String? {
        let isGood =
            switch name {
            case "uri": WebAddress(text) != nil
            case "byte": text.utf8.count % 4 == 0 && Base64.decode(text) != nil
            case "date": text.utf8.count == 10 && Timestamp(text) != nil
            case "datetime": text.utf8.count > 10 && Timestamp(text) != nil
            case "uuid": matches(text, "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", longest: 36)
            case "dns1123Label": matches(text, Self.label, longest: 63)
            case "dns1123LabelPrefix": matches(Self.withoutDash(text), Self.label, longest: 63)
            case "dns1035Label": matches(text, Self.oldLabel, longest: 63)
            case "dns1035LabelPrefix": matches(Self.withoutDash(text), Self.oldLabel, longest: 63)
            case "dns1123Subdomain": matches(text, Self.subdomain, longest: 253)
            case "dns1123SubdomainPrefix": matches(Self.withoutDash(text), Self.subdomain, longest: 253)
            case "labelValue": text.isEmpty || matches(text, Self.qualified, longest: 63)
            default: isQualifiedName(text)
            }
        return isGood ? nil : "'\(text)' is no \(name)"
    }

    private static let label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
    private static let oldLabel = "[a-z]([-a-z0-9]*[a-z0-9])?"
    private static let subdomain = "\(label)([.]\(label))*"
    private static let qualified = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"

    private func matches(_ text: String, _ pattern: String, longest: Int) -> Bool {
        text.utf8.count <= longest && Pattern.compiled("^\(pattern)$")?.matches(text) ?? false
    }

    /// What a generated name begins with may end in a dash.
    private static func withoutDash(_ text: String) -> String { text.hasSuffix("-") ? "\(text.dropLast())a" : text }

    private func isQualifiedName(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let name = parts.last, matches(name, Self.qualified, longest: 63) else { return false }
        return parts.count == 1 || matches(parts[0], Self.subdomain, longest: 253)
    }
}

/// Checks of texts against named formats.
enum FormatLibrary {
    static let functions: [Function] =
        NamedFormat.names.map { name in
            .global("format.\(name)", "() -> kubernetes.NamedFormat") { (_, _) throws(EvaluationError) in
                guard let format = NamedFormat(name) else { throw .noSuchOverload }
                return .extended(format)
            }
        } + [
            .global("format.named", "(string) -> optional(kubernetes.NamedFormat)") {
                (_, arguments) throws(EvaluationError) in
                .optional(NamedFormat(try StringLibrary.text(arguments[0])).map(Value.extended))
            },
            .method("validate", "(kubernetes.NamedFormat, string) -> optional(list(string))") {
                (run, arguments) throws(EvaluationError) in
                guard case .extended(let value) = arguments[0], let format = value as? NamedFormat else {
                    throw .noSuchOverload
                }
                let text = try StringLibrary.text(arguments[1])
                try run.spend(10 + text.utf8.count)
                return .optional(format.problem(with: text).map { .list([.string($0)]) })
            },
        ]
}
