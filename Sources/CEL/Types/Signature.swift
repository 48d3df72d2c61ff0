// SPDX-License-Identifier: Apache-2.0

/// What a function or operator takes and gives; the object before a method's dot is the first parameter.
struct Signature: Hashable, Sendable {
    var parameters: [ValueType]
    var result: ValueType
    /// The last parameter may stand there several times.
    var isVariadic = false

    /// The result for arguments of these types; absent when they do not fit.
    func result(for arguments: [ValueType]) -> ValueType? {
        guard arguments.count == parameters.count || isVariadic && arguments.count >= parameters.count,
            let last = parameters.last ?? (arguments.isEmpty ? .dyn : nil)
        else { return nil }
        var bindings = TypeBindings()
        for (index, argument) in arguments.enumerated() {
            let wanted = index < parameters.count ? parameters[index] : last
            guard bindings.accepts(argument, as: wanted) else { return nil }
        }
        return bindings.resolved(result)
    }
}

extension [Signature] {
    /// The result that every fitting signature agrees on, `dyn` when they differ; absent when none fits.
    func result(for arguments: [ValueType]) -> ValueType? {
        let results = compactMap { $0.result(for: arguments) }
        guard let first = results.first else { return nil }
        return results.allSatisfy { $0 == first } ? first : .dyn
    }
}

extension Signature: ExpressibleByStringLiteral {
    /// Written as `(list(A), A) -> int`.
    ///
    /// A capital letter is any type, the same at each place. Such texts are ours.
    init(stringLiteral text: String) {
        var reader = SignatureReader(text)
        self = reader.signature()
    }
}

/// Reads our own notation of signatures.
private struct SignatureReader {
    private var rest: Substring
    private let text: String

    init(_ text: String) {
        self.text = text
        rest = text[...]
    }

    private mutating func skip(_ part: String) -> Bool {
        guard rest.hasPrefix(part) else { return false }
        rest.removeFirst(part.count)
        return true
    }

    private mutating func expect(_ part: String) {
        precondition(skip(part), "\(text) is no signature: \(part) is missing before \(rest)")
    }

    mutating func signature() -> Signature {
        expect("(")
        var parameters: [ValueType] = []
        var isVariadic = false
        while !skip(")") {
            parameters.append(type())
            isVariadic = skip("...")
            _ = skip(", ")
        }
        expect(" -> ")
        return Signature(parameters: parameters, result: type(), isVariadic: isVariadic)
    }

    private mutating func type() -> ValueType {
        var name = ""
        while let first = rest.first, first.isLetter || "._0123456789".contains(first), !rest.hasPrefix("...") {
            name.append(rest.removeFirst())
        }
        switch name {
        case "list", "optional":
            expect("(")
            let content = type()
            expect(")")
            return name == "list" ? .list(content) : .optional(content)
        case "map":
            expect("(")
            let key = type()
            expect(", ")
            let value = type()
            expect(")")
            return .map(key, value)
        default: return Self.plain[name] ?? (name.count == 1 ? .parameter(name) : .named(name))
        }
    }

    private static let plain: [String: ValueType] = [
        "dyn": .dyn, "null": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string,
        "bytes": .bytes, "timestamp": .timestamp, "duration": .duration, "type": .type,
    ]
}
