// SPDX-License-Identifier: Apache-2.0

/// Amounts with suffixes. https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library
enum QuantityLibrary {
    static let functions: [Function] = [
        .global("quantity", "(string) -> kubernetes.Quantity") { (_, arguments) throws(EvaluationError) in
            guard let quantity = Quantity(try StringLibrary.text(arguments[0])) else {
                throw EvaluationError("quantities must match the regular expression '\(pattern)'")
            }
            return .extended(quantity)
        },
        .global("isQuantity", "(string) -> bool") { (_, arguments) throws(EvaluationError) in
            .bool(Quantity(try StringLibrary.text(arguments[0])) != nil)
        },
        .method("isInteger", "(kubernetes.Quantity) -> bool") { (_, arguments) throws(EvaluationError) in
            .bool(try quantity(arguments[0]).integer != nil)
        },
        .method("asInteger", "(kubernetes.Quantity) -> int") { (_, arguments) throws(EvaluationError) in
            guard let integer = try quantity(arguments[0]).integer else {
                throw EvaluationError("cannot convert value to integer")
            }
            return .int(integer)
        },
        .method("asApproximateFloat", "(kubernetes.Quantity) -> double") { (_, arguments) throws(EvaluationError) in
            .double(try quantity(arguments[0]).approximation)
        },
        .method("sign", "(kubernetes.Quantity) -> int") { (_, arguments) throws(EvaluationError) in
            .int(Int64(try quantity(arguments[0]).billionths.signum()))
        },
        sum("add", sign: 1),
        sum("sub", sign: -1),
    ]

    private static let pattern = "^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$"

    private static func sum(_ name: String, sign: Int128) -> Function {
        .method(
            name, "(kubernetes.Quantity, kubernetes.Quantity) -> kubernetes.Quantity",
            "(kubernetes.Quantity, int) -> kubernetes.Quantity"
        ) { (_, arguments) throws(EvaluationError) in
            let other =
                if case .int(let value) = arguments[1] { Quantity.whole(value) } else { try quantity(arguments[1]) }
            guard let sum = try quantity(arguments[0]).adding(other, times: sign) else { throw .integerOverflow }
            return .extended(sum)
        }
    }

    private static func quantity(_ value: Value) throws(EvaluationError) -> Quantity {
        guard case .extended(let value) = value, let quantity = value as? Quantity else { throw .noSuchOverload }
        return quantity
    }
}

/// The comparing methods that quantities and versions share.
enum OrderLibrary {
    static let functions: [Function] = [
        .method("isLessThan", signature("bool", of: Quantity.typeName), signature("bool", of: SemanticVersion.typeName))
        {
            (_, arguments) throws(EvaluationError) in .bool(try order(arguments) < 0)
        },
        .method(
            "isGreaterThan", signature("bool", of: Quantity.typeName), signature("bool", of: SemanticVersion.typeName)
        ) {
            (_, arguments) throws(EvaluationError) in .bool(try order(arguments) > 0)
        },
        .method("compareTo", signature("int", of: Quantity.typeName), signature("int", of: SemanticVersion.typeName)) {
            (_, arguments) throws(EvaluationError) in .int(Int64(try order(arguments)))
        },
    ]

    private static func signature(_ result: String, of type: String) -> Signature {
        Signature(stringLiteral: "(\(type), \(type)) -> \(result)")
    }

    private static func order(_ arguments: [Value]) throws(EvaluationError) -> Int {
        guard case .extended(let left) = arguments[0], case .extended(let right) = arguments[1] else {
            throw .noSuchOverload
        }
        if let left = left as? Quantity, let right = right as? Quantity { return Number.order(left, right) }
        if let left = left as? SemanticVersion, let right = right as? SemanticVersion {
            return Number.order(left, right)
        }
        throw .noSuchOverload
    }
}
