// SPDX-License-Identifier: Apache-2.0

/// A URL as Go reads one that is sent in a request: absolute, or an absolute path. https://pkg.go.dev/net/url#ParseRequestURI
struct WebAddress: ExtendedValue, Hashable {
    static let typeName = "kubernetes.URL"

    var scheme = ""
    /// With its port.
    var host = ""
    var escapedPath = ""
    /// Names with all their values, in order of appearance.
    var query: [(name: String, values: [String])] = []
    private let text: String

    static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }
    func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// Absent when the text is no such URL.
    init?(_ text: String) {
        self.text = text
        guard !text.isEmpty, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }),
            let (scheme, afterScheme) = Self.scheme(of: text[...])
        else { return nil }
        self.scheme = scheme
        var rest = afterScheme
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            query = Self.query(rest[rest.index(after: mark)...])
            rest = rest[..<mark]
        }
        guard rest.hasPrefix("/") else {
            // What follows the scheme of `mailto:` is no path.
            if scheme.isEmpty { return nil }
            return
        }
        if !scheme.isEmpty || !rest.hasPrefix("///"), rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            guard let host = Self.host(rest[..<end]) else { return nil }
            self.host = host
            rest = rest[end...]
        }
        guard let decoded = Percent.decoded(rest.utf8) else { return nil }
        escapedPath = rest.utf8.allSatisfy(Percent.mayStandInPath) ? String(rest) : Percent.encoded(path: decoded)
    }

    /// The scheme in lower case and what follows its colon.
    private static func scheme(of text: Substring) -> (String, Substring)? {
        let word = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
        guard text[word.endIndex...].hasPrefix(":") else { return text.hasPrefix(":") ? nil : ("", text) }
        // A text that begins with a digit has no scheme, and a colon in its first segment.
        guard let first = word.first, first.isLetter else { return nil }
        return (word.lowercased(), text[word.endIndex...].dropFirst())
    }

    private static func host(_ authority: Substring) -> String? {
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        var port = Substring()
        if host.hasPrefix("[") {
            guard let end = host.lastIndex(of: "]") else { return nil }
            port = host[host.index(after: end)...]
        } else if let colon = host.lastIndex(of: ":") {
            port = host[colon...]
        }
        let isPort = port.isEmpty || port.hasPrefix(":") && port.dropFirst().unicodeScalars.allSatisfy(\.isDigit)
        guard isPort, let decoded = Percent.decoded(host.utf8),
            !host.utf8.contains(where: { " \"<>\\^`{|}".utf8.contains($0) })
        else { return nil }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func query(_ text: Substring) -> [(name: String, values: [String])] {
        var result: [(name: String, values: [String])] = []
        for pair in text.split(separator: "&") where !pair.contains(";") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Percent.decoded(form: parts[0]),
                let value = Percent.decoded(form: parts.count > 1 ? parts[1] : "")
            else { continue }
            if let index = result.firstIndex(where: { $0.name == name }) {
                result[index].values.append(value)
            } else {
                result.append((name, [value]))
            }
        }
        return result
    }

    private var portStart: String.Index? {
        guard let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") else { return nil }
        return colon
    }

    /// Without port and brackets.
    var hostName: String {
        let name = portStart.map { host[..<$0] } ?? host[...]
        return name.hasPrefix("[") && name.hasSuffix("]") ? String(name.dropFirst().dropLast()) : String(name)
    }

    var port: String { portStart.map { String(host[host.index(after: $0)...]) } ?? "" }
}

/// Percent signs in URLs. https://www.rfc-editor.org/rfc/rfc3986#section-2
private enum Percent {
    /// Absent when a sign is not followed by two digits.
    static func decoded(_ bytes: some Sequence<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Unicode.Scalar($0).isHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            result.append(value)
            rest = rest.dropFirst(2)
        }
        return result
    }

    /// A piece of a query, where `+` is a space.
    static func decoded(form text: Substring) -> String? {
        let bytes = text.utf8.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        return decoded(bytes).map { String(decoding: $0, as: UTF8.self) }
    }

    static func mayStandInPath(_ byte: UInt8) -> Bool { isPlain(byte) || "!'()*[]%".utf8.contains(byte) }

    private static func isPlain(_ byte: UInt8) -> Bool {
        let scalar = Unicode.Scalar(byte)
        return scalar.isDigit || scalar.isWordStart || "-.~$&+,/:;=@".utf8.contains(byte)
    }

    static func encoded(path: [UInt8]) -> String {
        path.map { byte in
            if isPlain(byte) { return String(Unicode.Scalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
        }.joined()
    }
}

/// URLs. https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library
enum URLLibrary {
    static let functions: [Function] = [
        .global("url", "(string) -> kubernetes.URL") { (run, arguments) throws(EvaluationError) in
            let text = try StringLibrary.text(arguments[0])
            try run.spend(bytes: text.utf8.count)
            guard let address = WebAddress(text) else {
                throw EvaluationError("URL parse error during conversion from string: \(text)")
            }
            return .extended(address)
        },
        .global("isURL", "(string) -> bool") { (run, arguments) throws(EvaluationError) in
            let text = try StringLibrary.text(arguments[0])
            try run.spend(bytes: text.utf8.count)
            return .bool(WebAddress(text) != nil)
        },
        part("getScheme") { $0.scheme },
        part("getHost") { $0.host },
        part("getHostname") { $0.hostName },
        part("getPort") { $0.port },
        part("getEscapedPath") { $0.escapedPath },
        .method("getQuery", "(kubernetes.URL) -> map(string, list(string))") { (_, arguments) throws(EvaluationError) in
            let pairs = try address(arguments[0]).query.map { pair in
                (MapKey.string(.init(text: pair.name)), Value.list(pair.values.map(Value.string)))
            }
            guard let map = MapValue(pairs) else { throw EvaluationError("Failed with repeated key") }
            return .map(map)
        },
    ]

    private static func part(_ name: String, _ part: @escaping @Sendable (WebAddress) -> String) -> Function {
        .method(name, "(kubernetes.URL) -> string") { (_, arguments) throws(EvaluationError) in
            .string(part(try address(arguments[0])))
        }
    }

    private static func address(_ value: Value) throws(EvaluationError) -> WebAddress {
        guard case .extended(let value) = value, let address = value as? WebAddress else { throw .noSuchOverload }
        return address
    }
}
