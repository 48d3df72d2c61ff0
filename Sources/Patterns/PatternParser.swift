// SPDX-License-Identifier: Apache-2.0

/// Reads the text of a pattern.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private var flags = Flags()

    /// Switches that a pattern sets for the rest of its group.
    private struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotTakesNewline = false
    }

    /// Limits on what a user may write.
    private static let longest = 4096
    private static let deepest = 50
    private static let mostRepeats = 1000

    private init(_ source: String) { scalars = Array(source.unicodeScalars) }

    static func parse(_ source: String) throws(InvalidPattern) -> PatternNode {
        guard source.utf8.count <= longest else {
            throw InvalidPattern(description: "must be at most \(longest) bytes")
        }
        var parser = PatternParser(source)
        let node = try parser.either()
        guard parser.peek == nil else { throw parser.problem("unexpected )") }
        return node
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func next() throws(InvalidPattern) -> Unicode.Scalar {
        guard let scalar = peek else { throw problem("unexpected end") }
        position += 1
        return scalar
    }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private func problem(_ text: String) -> InvalidPattern {
        InvalidPattern(description: "\(text) at position \(position)")
    }

    // MARK: Structure

    private mutating func either() throws(InvalidPattern) -> PatternNode {
        var branches = [try sequence()]
        while skip("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .either(branches)
    }

    private mutating func sequence() throws(InvalidPattern) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = peek, scalar != "|", scalar != ")" { nodes.append(try repeated(atom())) }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func atom() throws(InvalidPattern) -> PatternNode {
        let scalar = try next()
        switch scalar {
        case "^": return flags.isMultiline ? .lineStart : .start
        case "$": return flags.isMultiline ? .lineEnd : .end
        case ".": return .scalar(flags.dotTakesNewline ? ScalarSet([0...ScalarSet.last]) : .anyButNewline)
        case "[": return letter(try set())
        case "(": return try group()
        case "\\": return try escape()
        case "*", "+", "?": throw problem("nothing to repeat")
        default: return letter(ScalarSet(scalar.value))
        }
    }

    private func letter(_ set: ScalarSet) -> PatternNode { .scalar(flags.ignoresCase ? set.withBothCases : set) }

    private mutating func group() throws(InvalidPattern) -> PatternNode {
        let outer = flags
        if skip("?"), try !header() { return .sequence([]) }
        defer { flags = outer }
        depth += 1
        guard depth <= Self.deepest else { throw problem("groups nested too deeply") }
        let node = try either()
        depth -= 1
        guard skip(")") else { throw problem("missing )") }
        return node
    }

    /// What follows `(?`: a name, flags, or nothing; false when the group ends at once and its flags go on.
    private mutating func header() throws(InvalidPattern) -> Bool {
        if skip(":") { return true }
        if skip("P"), peek != "<" { throw problem("only names are supported after (?P") }
        if skip("<") {
            while let scalar = peek, ScalarSet.word.contains(scalar.value) { position += 1 }
            guard skip(">") else { throw problem("only names are supported after (?<") }
            return true
        }
        var isOn = true
        while true {
            switch try next() {
            case "i": flags.ignoresCase = isOn
            case "m": flags.isMultiline = isOn
            case "s": flags.dotTakesNewline = isOn
            case "-" where isOn: isOn = false
            case ":": return true
            case ")": return false
            default: throw problem("unsupported group after (?")
            }
        }
    }

    // MARK: Repetition

    private mutating func repeated(_ node: PatternNode) throws(InvalidPattern) -> PatternNode {
        var node = node
        while let (least, most) = try repetition() {
            // Preferring the shorter match changes which text matches, never whether one does.
            node = .repeated(node, least: least, most: most, isLazy: skip("?"))
        }
        return node
    }

    private mutating func repetition() throws(InvalidPattern) -> (least: Int, most: Int?)? {
        if skip("*") { return (0, nil) }
        if skip("+") { return (1, nil) }
        if skip("?") { return (0, 1) }
        return peek == "{" ? try counts() : nil
    }

    /// Reads `{2}`, `{2,}`, `{2,5}`; absent for any other brace, which is a letter like others.
    private mutating func counts() throws(InvalidPattern) -> (least: Int, most: Int?)? {
        let begin = position
        position += 1
        let least = number()
        let hasComma = skip(",")
        let most = hasComma ? number() : least
        guard let least, skip("}") else {
            position = begin
            return nil
        }
        guard least <= Self.mostRepeats, (most ?? least) <= Self.mostRepeats, (most ?? least) >= least else {
            throw problem("repetition must be from 0 to \(Self.mostRepeats) in growing order")
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        let begin = position
        while let scalar = peek, ("0"..."9").contains(scalar), position - begin < 6 { position += 1 }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[begin..<position])
        return Int(String(text))
    }

    // MARK: Classes and escapes

    private mutating func escape() throws(InvalidPattern) -> PatternNode {
        if skip("b") { return .boundary(true) }
        if skip("B") { return .boundary(false) }
        if skip("A") { return .start }
        if skip("z") { return .end }
        return letter(try escapedSet())
    }

    /// What stands after a backslash, the same inside a class and outside.
    private mutating func escapedSet() throws(InvalidPattern) -> ScalarSet {
        let scalar = try next()
        switch scalar {
        case "d": return .digit
        case "D": return ScalarSet(ScalarSet.digit.ranges, isNegated: true)
        case "w": return .word
        case "W": return ScalarSet(ScalarSet.word.ranges, isNegated: true)
        case "s": return .space
        case "S": return ScalarSet(ScalarSet.space.ranges, isNegated: true)
        case "n": return ScalarSet(0x0A)
        case "r": return ScalarSet(0x0D)
        case "t": return ScalarSet(0x09)
        case "f": return ScalarSet(0x0C)
        case "v": return ScalarSet(0x0B)
        case "p": return try category()
        case "P": return ScalarSet(try category().ranges, isNegated: true)
        case "x": return ScalarSet(try skip("{") ? bracedNumber() : hexadecimal(2))
        case "u": return ScalarSet(try hexadecimal(4))
        case "0"..."9", "a"..."z", "A"..."Z": throw problem("unsupported escape \\\(scalar)")
        default: return ScalarSet(scalar.value)
        }
    }

    private mutating func hexadecimal(_ digits: Int) throws(InvalidPattern) -> UInt32 {
        var text = ""
        for _ in 0..<digits { text.unicodeScalars.append(try next()) }
        guard let value = UInt32(text, radix: 16) else { throw problem("expected \(digits) hexadecimal digits") }
        return value
    }

    private mutating func bracedNumber() throws(InvalidPattern) -> UInt32 {
        guard let value = UInt32(try word(until: "}"), radix: 16), value <= ScalarSet.last else {
            throw problem("expected a hexadecimal number")
        }
        return value
    }

    /// A class of Unicode: `L`, `{Lu}`.
    private mutating func category() throws(InvalidPattern) -> ScalarSet {
        let name = skip("{") ? try word(until: "}") : String(try next())
        guard let set = UnicodeClass.set(name) else { throw problem("unknown class \(name)") }
        return set
    }

    private mutating func word(until end: Unicode.Scalar) throws(InvalidPattern) -> String {
        var word = String.UnicodeScalarView()
        while !skip(end) { word.append(try next()) }
        return String(word)
    }

    private mutating func set() throws(InvalidPattern) -> ScalarSet {
        let isNegated = skip("^")
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while isFirst || peek != "]" {
            isFirst = false
            ranges += try member()
        }
        position += 1
        return ScalarSet(ranges, isNegated: isNegated)
    }

    private mutating func member() throws(InvalidPattern) -> [ClosedRange<UInt32>] {
        if peek == "[", position + 1 < scalars.count, scalars[position + 1] == ":" {
            position += 2
            let isNegated = skip("^")
            guard let set = UnicodeClass.named[try word(until: ":")], skip("]") else { throw problem("unknown class") }
            return isNegated ? ScalarSet(set.ranges, isNegated: true).plainRanges : set.ranges
        }
        let low = try bound()
        guard low.count == 1, low[0].count == 1, peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]"
        else { return low }
        position += 1
        let high = try bound()
        guard high.count == 1, high[0].count == 1, low[0].lowerBound <= high[0].lowerBound else {
            throw problem("range in the wrong order")
        }
        return [low[0].lowerBound...high[0].lowerBound]
    }

    private mutating func bound() throws(InvalidPattern) -> [ClosedRange<UInt32>] {
        let scalar = try next()
        guard scalar == "\\" else { return [scalar.value...scalar.value] }
        return try escapedSet().plainRanges
    }
}
