// SPDX-License-Identifier: Apache-2.0

/// What a name, a label or a path segment may look like, and upstream's words for what is wrong with one.
///
/// https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go
package enum NameRule: Hashable, Sendable, CaseIterable {
    /// DNS-1123 label: namespaces, projects, names that become host names.
    case label
    /// DNS-1123 subdomain: the names of most objects.
    case subdomain
    /// DNS-1035 label: begins with a letter, as service names do.
    case label1035
    /// What can stand between two slashes of a path: the names of RBAC objects.
    case pathSegment
    /// The key of a label or an annotation: `example.com/name`.
    case labelKey
    case labelValue
    /// A key of a Secret's or a ConfigMap's data.
    case dataKey

    /// Everything that is wrong with the text, lower case; empty when it is right.
    package func issues(_ text: String) -> [String] {
        switch self {
        case .label:
            Self.tooLong(text, 63, "characters") + Self.labelIssues(text)
        case .subdomain:
            Self.tooLong(text, 253, "characters") + Self.unless(Self.isSubdomain(text), Self.subdomainMessage)
        case .label1035:
            Self.tooLong(text, 63, "characters") + Self.unless(Self.isLabel1035(text), Self.label1035Message)
        case .pathSegment: Self.pathSegmentIssues(text)
        case .labelKey: Self.labelKeyIssues(text)
        case .labelValue:
            Self.tooLong(text, 63, "bytes")
                + Self.unless(text.isEmpty || Self.isLabelName(text), Self.labelValueMessage)
        case .dataKey: Self.dataKeyIssues(text)
        }
    }

    /// True for a text without issues.
    package func allows(_ text: String) -> Bool { issues(text).isEmpty }
}

// MARK: - Rules of several parts

extension NameRule {
    private static func labelIssues(_ text: String) -> [String] {
        guard !isLabel(text.utf8) else { return [] }
        // A good subdomain is no label only for its dots, or for its length, which was told.
        return isSubdomain(text) ? unless(!text.contains("."), "must not contain dots") : [labelMessage]
    }

    private static func pathSegmentIssues(_ text: String) -> [String] {
        guard text != ".", text != ".." else { return ["may not be '\(text)'"] }
        return ["/", "%"].filter { text.utf8.contains($0.utf8.first ?? 0) }.map { "may not contain '\($0)'" }
    }

    private static func labelKeyIssues(_ text: String) -> [String] {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1: return labelNameIssues(parts[0])
        case 2:
            let prefixIssues =
                parts[0].isEmpty ? ["must be non-empty"] : NameRule.subdomain.issues(parts[0])
            return prefixIssues.map { "prefix part \($0)" } + labelNameIssues(parts[1])
        default: return ["a qualified name \(labelKeyMessage)"]
        }
    }

    private static func labelNameIssues(_ name: String) -> [String] {
        if name.isEmpty { return ["name part must be non-empty", "name part \(labelNameMessage)"] }
        return tooLong(name, 63, "bytes").map { "name part \($0)" }
            + unless(isLabelName(name), "name part \(labelNameMessage)")
    }

    private static func dataKeyIssues(_ text: String) -> [String] {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { isAlphanumeric($0) || isInner($0) }
        let issues = tooLong(text, 253, "characters") + unless(isPlain, dataKeyMessage)
        if text == "." || text == ".." { return issues + ["must not be '\(text)'"] }
        return issues + unless(!text.hasPrefix(".."), "must not start with '..'")
    }

    private static func tooLong(_ text: String, _ limit: Int, _ unit: String) -> [String] {
        unless(text.utf8.count <= limit, "must be no more than \(limit) \(unit)")
    }

    private static func unless(_ isRight: Bool, _ message: String) -> [String] { isRight ? [] : [message] }
}

// MARK: - Characters

extension NameRule {
    private static func isLabel(_ text: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = text.first, let last = text.last else { return false }
        let hyphen = UInt8(ascii: "-")
        return first != hyphen && last != hyphen && text.allSatisfy { isLower($0) || isDigit($0) || $0 == hyphen }
    }

    private static func isSubdomain(_ text: String) -> Bool {
        text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { isLabel($0) }
    }

    private static func isLabel1035(_ text: String) -> Bool {
        isLabel(text.utf8) && text.utf8.first.map(isLower) == true
    }

    private static func isLabelName(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && text.utf8.allSatisfy { isAlphanumeric($0) || isInner($0) }
    }

    private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isInner(_ byte: UInt8) -> Bool { "-_.".utf8.contains(byte) }
    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLower(byte) || isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
