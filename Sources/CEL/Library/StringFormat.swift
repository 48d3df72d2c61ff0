// SPDX-License-Identifier: Apache-2.0

/// `'%s is %d'.format([…])`. https://pkg.go.dev/github.com/google/cel-go/ext#Strings
enum StringFormat {
    static let functions: [Function] = [
        .method("format", "(string, list(dyn)) -> string") { (run, arguments) throws(EvaluationError) in
            let scalars = try StringLibrary.scalars(arguments[0], &run)
            let values = try ListLibrary.list(arguments[1])
            return .string(try text(scalars[...], Array(values), &run))
        }
    ]

    /// Widest precision that a clause may ask for.
    private static let mostDigits = 300

    private static func text(
        _ template: ArraySlice<Unicode.Scalar>, _ values: [Value], _ run: inout Run
    ) throws(EvaluationError) -> String {
        var rest = template
        var values = values[...]
        var result = ""
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            if rest.first == "%" {
                rest.removeFirst()
                result += "%"
                continue
            }
            let precision = try precision(&rest)
            guard let verb = rest.popFirst() else { throw EvaluationError("unexpected end of format string") }
            guard let value = values.popFirst() else {
                throw EvaluationError("index \(values.startIndex) out of range")
            }
            let piece = try clause(verb, precision, value, &run)
            try run.spend(bytes: piece.utf8.count)
            result += piece
        }
        return result
    }

    private static func precision(_ rest: inout ArraySlice<Unicode.Scalar>) throws(EvaluationError) -> Int? {
        guard rest.first == "." else { return nil }
        let digits = rest.dropFirst().prefix(while: \.isDigit)
        rest = rest.dropFirst(digits.count + 1)
        guard let precision = Int(StringLibrary.text(digits)), precision <= mostDigits else {
            throw EvaluationError("invalid precision in format string")
        }
        return precision
    }

    private static func clause(
        _ verb: Unicode.Scalar, _ precision: Int?, _ value: Value, _ run: inout Run
    ) throws(EvaluationError) -> String {
        switch (verb, value) {
        case ("s", _): return try plain(value, &run)
        case ("d", .int(let number)): return String(number)
        case ("d", .uint(let number)): return String(number)
        case ("b", .int(let number)): return String(number, radix: 2)
        case ("b", .uint(let number)): return String(number, radix: 2)
        case ("b", .bool(let flag)): return flag ? "1" : "0"
        case ("o", .int(let number)): return String(number, radix: 8)
        case ("o", .uint(let number)): return String(number, radix: 8)
        case ("x", .int(let number)), ("X", .int(let number)):
            return String(number, radix: 16, uppercase: verb == "X")
        case ("x", .uint(let number)), ("X", .uint(let number)):
            return String(number, radix: 16, uppercase: verb == "X")
        case ("x", .string(let text)), ("X", .string(let text)):
            return Array(text.utf8).hexadecimal(uppercase: verb == "X")
        case ("x", .bytes(let bytes)), ("X", .bytes(let bytes)): return bytes.hexadecimal(uppercase: verb == "X")
        case ("f", .double(let number)): return FixedPoint.text(number, digits: precision ?? 6)
        case ("f", .int(let number)): return FixedPoint.text(Double(number), digits: precision ?? 6)
        case ("e", .double(let number)): return FixedPoint.scientific(number, digits: precision ?? 6)
        case ("e", .int(let number)): return FixedPoint.scientific(Double(number), digits: precision ?? 6)
        default: throw EvaluationError("could not parse formatting clause: unrecognized formatting clause \"\(verb)\"")
        }
    }

    /// A value as `%s` writes it, lists and maps with what they hold.
    private static func plain(_ value: Value, _ run: inout Run) throws(EvaluationError) -> String {
        try run.spend(1)
        switch value {
        case .null: return "null"
        case .type(let type): return type.runtimeName
        case .list(let list):
            var pieces: [String] = []
            for element in list { pieces.append(try plain(element, &run)) }
            return "[\(pieces.joined(separator: ", "))]"
        case .map(let map):
            var pieces: [String] = []
            for (key, value) in map.entries { pieces.append("\(try plain(key, &run)): \(try plain(value, &run))") }
            return "{\(pieces.sorted().joined(separator: ", "))}"
        default:
            guard let text = TextForm.text(of: value) else { throw .noSuchOverload }
            return text
        }
    }
}

extension [UInt8] {
    fileprivate func hexadecimal(uppercase: Bool) -> String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: uppercase) }.joined()
    }
}

/// Numbers with a fixed count of digits after the point, exactly rounded.
private enum FixedPoint {
    static func text(_ number: Double, digits: Int) -> String {
        guard number.isFinite else { return TextForm.text(of: number) }
        var (whole, power) = decimal(number.magnitude)
        if power < -digits {
            whole = rounded(whole, dropping: -power - digits)
            power = -digits
        }
        whole += Array(repeating: 0, count: max(0, power + digits))
        whole = Array(repeating: 0, count: max(0, digits + 1 - whole.count)) + whole
        let text = whole.map { String($0) }.joined()
        let point = text.index(text.endIndex, offsetBy: -digits)
        return "\(number.sign == .minus ? "-" : "")\(text[..<point])\(digits > 0 ? "." : "")\(text[point...])"
    }

    static func scientific(_ number: Double, digits: Int) -> String {
        guard number.isFinite else { return TextForm.text(of: number) }
        var (whole, power) = decimal(number.magnitude)
        var exponent = whole.count - 1 + power
        if whole.count > digits + 1 {
            let count = whole.count
            whole = rounded(whole, dropping: count - digits - 1)
            // Rounding up 9.99 gives a digit more.
            if whole.count > digits + 1 {
                whole.removeLast()
                exponent += 1
            }
            power = 0
        }
        whole += Array(repeating: 0, count: max(0, digits + 1 - whole.count))
        if number == 0 { exponent = 0 }
        let tail = whole.dropFirst().map { String($0) }.joined()
        let sign = exponent < 0 ? "-" : "+"
        let size = "\(abs(exponent) < 10 ? "0" : "")\(abs(exponent))"
        return "\(number.sign == .minus ? "-" : "")\(whole[0])\(digits > 0 ? "." : "")\(tail)e\(sign)\(size)"
    }

    /// The exact digits of a number and the power of ten of the last one.
    private static func decimal(_ number: Double) -> (digits: [Int], power: Int) {
        guard number > 0 else { return ([0], 0) }
        var significand = number.significandBitPattern | (number.isNormal ? 1 << 52 : 0)
        var exponent = number.isNormal ? Int(number.exponent) - 52 : -1074
        while significand % 2 == 0, exponent < 0 {
            significand /= 2
            exponent += 1
        }
        var digits = String(significand).compactMap(\.wholeNumberValue)
        // Dividing by two is multiplying by five and moving the point.
        for _ in 0..<abs(exponent) { digits = product(digits, exponent < 0 ? 5 : 2) }
        return (digits, min(0, exponent))
    }

    private static func product(_ digits: [Int], _ factor: Int) -> [Int] {
        var result: [Int] = []
        var carry = 0
        for digit in digits.reversed() {
            let value = digit * factor + carry
            result.append(value % 10)
            carry = value / 10
        }
        if carry > 0 { result.append(carry) }
        return result.reversed()
    }

    /// Without the last digits, rounded to the nearest, a half to the even one.
    private static func rounded(_ digits: [Int], dropping count: Int) -> [Int] {
        let digits = Array(repeating: 0, count: max(0, count + 1 - digits.count)) + digits
        var kept = Array(digits.dropLast(count))
        let dropped = digits.suffix(count)
        guard let first = dropped.first, let last = kept.last else { return kept }
        let isHalf = first == 5 && dropped.dropFirst().allSatisfy { $0 == 0 }
        guard first > 5 || first == 5 && (!isHalf || last % 2 == 1) else { return kept }
        var place = kept.count - 1
        while place >= 0, kept[place] == 9 {
            kept[place] = 0
            place -= 1
        }
        if place >= 0 { kept[place] += 1 } else { kept.insert(1, at: 0) }
        return kept
    }
}
