// SPDX-License-Identifier: Apache-2.0

/// A function that expressions may call.
final class Function: Sendable {
    /// What it does; arguments that no signature takes reach it only from untyped fields.
    typealias Body = @Sendable (inout Run, [Value]) throws(EvaluationError) -> Value

    let name: String
    /// Called as `value.name()`; the value is the first argument.
    let isMethod: Bool
    let signatures: [Signature]
    let body: Body

    private init(_ name: String, isMethod: Bool, _ signatures: [Signature], _ body: @escaping Body) {
        self.name = name
        self.isMethod = isMethod
        self.signatures = signatures
        self.body = body
    }

    /// A function called as `value.name(…)`.
    static func method(_ name: String, _ signatures: Signature..., body: @escaping Body) -> Function {
        Function(name, isMethod: true, signatures, body)
    }

    /// A function called as `name(…)`; a dot in the name is a namespace.
    static func global(_ name: String, _ signatures: Signature..., body: @escaping Body) -> Function {
        Function(name, isMethod: false, signatures, body)
    }
}

/// All functions, by name and form of call.
struct FunctionTable: Sendable {
    private let methods: [String: Function]
    private let globals: [String: Function]

    init(_ functions: [Function]) {
        methods = Dictionary(uniqueKeysWithValues: functions.filter(\.isMethod).map { ($0.name, $0) })
        globals = Dictionary(uniqueKeysWithValues: functions.filter { !$0.isMethod }.map { ($0.name, $0) })
    }

    func method(_ name: String) -> Function? { methods[name] }
    func global(_ name: String) -> Function? { globals[name] }

    /// What Kubernetes documents for its rules.
    ///
    /// https://kubernetes.io/docs/reference/using-api/cel/
    static let standard = FunctionTable(
        ConversionLibrary.functions + TimeLibrary.functions + StringLibrary.functions + ListLibrary.functions
            + RegexLibrary.functions + OptionalLibrary.functions + QuantityLibrary.functions + VersionLibrary.functions
            + OrderLibrary.functions + IPLibrary.functions + URLLibrary.functions + FormatLibrary.functions
            + SetLibrary.functions + MathLibrary.functions + StringFormat.functions)
}
