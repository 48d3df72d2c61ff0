// SPDX-License-Identifier: Apache-2.0

/// Scalars that may stand at one place.
struct ScalarSet: Hashable, Sendable {
    var ranges: [ClosedRange<UInt32>]
    var isNegated = false

    init(_ ranges: [ClosedRange<UInt32>], isNegated: Bool = false) {
        self.ranges = ranges
        self.isNegated = isNegated
    }

    init(_ scalar: UInt32) { ranges = [scalar...scalar] }

    static let digit = ScalarSet([0x30...0x39])
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let space = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let anyButNewline = ScalarSet([0x0A...0x0A], isNegated: true)

    func contains(_ scalar: UInt32) -> Bool {
        for range in ranges where range.contains(scalar) { return !isNegated }
        return isNegated
    }

    /// With the other case of each ASCII letter.
    var withBothCases: ScalarSet {
        let others = plainRanges.flatMap { range in
            Self.letters.compactMap { letters, shift -> ClosedRange<UInt32>? in
                guard range.overlaps(letters) else { return nil }
                let part = range.clamped(to: letters)
                return (part.lowerBound &+ shift)...(part.upperBound &+ shift)
            }
        }
        return others.isEmpty ? self : ScalarSet(plainRanges + others)
    }

    /// The letters of ASCII, and how far the other case is.
    private static let letters: [(ClosedRange<UInt32>, UInt32)] = [
        (0x41...0x5A, 0x20), (0x61...0x7A, UInt32.max - 0x1F),
    ]

    /// What it holds as plain ranges, for use inside a class.
    var plainRanges: [ClosedRange<UInt32>] {
        guard isNegated else { return ranges }
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        if next <= Self.last { result.append(next...Self.last) }
        return result
    }

    static let last: UInt32 = 0x10FFFF
}

/// A pattern as it reads.
indirect enum PatternNode: Hashable, Sendable {
    case scalar(ScalarSet)
    case sequence([PatternNode])
    case either([PatternNode])
    /// At least `least` times, at most `most` times; without end when absent. A lazy one prefers fewer.
    case repeated(PatternNode, least: Int, most: Int?, isLazy: Bool)
    case start
    case end
    case lineStart
    case lineEnd
    case boundary(Bool)
}

/// A pattern as it runs.
enum PatternInstruction: Sendable {
    case scalar(ScalarSet)
    case jump(Int)
    case split(Int, Int)
    case start
    case end
    case lineStart
    case lineEnd
    case boundary(Bool)
    case match
}

/// Writes a pattern's program, no longer than a bound.
struct PatternCompiler {
    /// Repetitions are written out, so the bound is what keeps a match cheap.
    static let limit = 10_000

    private var instructions: [PatternInstruction] = []

    static func compile(_ node: PatternNode) throws(InvalidPattern) -> [PatternInstruction] {
        var compiler = PatternCompiler()
        try compiler.write(node)
        try compiler.append(.match)
        return compiler.instructions
    }

    private mutating func append(_ instruction: PatternInstruction) throws(InvalidPattern) {
        guard instructions.count < Self.limit else { throw InvalidPattern(description: "repeats too much") }
        instructions.append(instruction)
    }

    private mutating func write(_ node: PatternNode) throws(InvalidPattern) {
        switch node {
        case .scalar(let set): try append(.scalar(set))
        case .start: try append(.start)
        case .end: try append(.end)
        case .lineStart: try append(.lineStart)
        case .lineEnd: try append(.lineEnd)
        case .boundary(let wanted): try append(.boundary(wanted))
        case .sequence(let nodes): for node in nodes { try write(node) }
        case .either(let nodes): try write(either: nodes[...])
        case .repeated(let node, let least, let most, let isLazy):
            for _ in 0..<least { try write(node) }
            if let most {
                for _ in least..<max(least, most) { try write(optional: node, isLazy) }
            } else {
                try write(loop: node, isLazy)
            }
        }
    }

    private mutating func write(either nodes: ArraySlice<PatternNode>) throws(InvalidPattern) {
        guard let first = nodes.first else { return }
        guard nodes.count > 1 else { return try write(first) }
        let split = instructions.count
        try append(.jump(0))
        try write(first)
        let leave = instructions.count
        try append(.jump(0))
        instructions[split] = .split(split + 1, instructions.count)
        try write(either: nodes.dropFirst())
        instructions[leave] = .jump(instructions.count)
    }

    private mutating func write(optional node: PatternNode, _ isLazy: Bool) throws(InvalidPattern) {
        let split = instructions.count
        try append(.jump(0))
        try write(node)
        instructions[split] = choice(split + 1, instructions.count, isLazy)
    }

    private mutating func write(loop node: PatternNode, _ isLazy: Bool) throws(InvalidPattern) {
        let split = instructions.count
        try append(.jump(0))
        try write(node)
        try append(.jump(split))
        instructions[split] = choice(split + 1, instructions.count, isLazy)
    }

    /// The way that is preferred stands first.
    private func choice(_ more: Int, _ leave: Int, _ isLazy: Bool) -> PatternInstruction {
        isLazy ? .split(leave, more) : .split(more, leave)
    }
}
