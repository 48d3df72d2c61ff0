// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A regular expression that is matched in linear time, whoever wrote it.
///
/// Schemas come from users too (CustomResourceDefinitions), so no pattern may make a text cost more than its length
/// times the pattern's: a backtracking matcher needs minutes for `^(a+)+$` on two dozen letters. It reads what upstream's
/// matcher reads (https://github.com/google/re2/wiki/Syntax) but for the classes of scripts,
/// and works on Unicode scalars.
package struct Pattern: Sendable {
    package let source: String
    let instructions: [PatternInstruction]
    let isAnchored: Bool

    package init(_ source: String) throws(InvalidPattern) {
        self.source = source
        instructions = try PatternCompiler.compile(PatternParser.parse(source))
        isAnchored = if case .start = instructions[0] { true } else { false }
    }

    /// Whether any part of the text matches; anchor with `^` and `$` to ask for all of it.
    package func matches(_ text: String) -> Bool {
        var run = PatternRun(instructions)
        var previous: UInt32?
        for scalar in text.unicodeScalars {
            if run.arrive(from: previous, before: scalar.value) { return true }
            if run.isEmpty && isAnchored { return false }
            run.consume(scalar.value)
            previous = scalar.value
        }
        return run.arrive(from: previous, before: nil)
    }
}

extension Pattern {
    private static let known = Mutex<[String: Pattern]>([:])
    /// More patterns than all built-in kinds have together; beyond it the cache starts anew.
    private static let knownLimit = 4096

    /// The compiled form, made once for each spelling; absent when it is no pattern.
    package static func compiled(_ source: String) -> Pattern? {
        if let pattern = known.withLock({ $0[source] }) { return pattern }
        guard let pattern = try? Pattern(source) else { return nil }
        known.withLock { known in
            if known.count >= knownLimit { known.removeAll() }
            known[source] = pattern
        }
        return pattern
    }
}

/// Why a text is no pattern.
package struct InvalidPattern: Error, Hashable, CustomStringConvertible {
    package let description: String
}

/// All the places in a program where a match may stand, after the same number of scalars.
private struct PatternRun {
    private let instructions: [PatternInstruction]
    /// Where a scalar is awaited, in order of arrival.
    private var current: [Int] = []
    /// Where the last scalar led, before the steps that need none.
    private var pending: [Int] = []
    private var marks: [Int]
    private var round = 0
    private var stack: [Int] = []

    init(_ instructions: [PatternInstruction]) {
        self.instructions = instructions
        marks = Array(repeating: 0, count: instructions.count)
    }

    var isEmpty: Bool { current.isEmpty }

    /// Takes every step that needs no scalar, also from the beginning; true when one reaches the end of the pattern.
    mutating func arrive(from previous: UInt32?, before next: UInt32?) -> Bool {
        round += 1
        current.removeAll(keepingCapacity: true)
        pending.append(0)
        for place in pending where follow(place, previous, next) { return true }
        pending.removeAll(keepingCapacity: true)
        return false
    }

    mutating func consume(_ scalar: UInt32) {
        for place in current {
            if case .scalar(let set) = instructions[place], set.contains(scalar) { pending.append(place + 1) }
        }
    }

    private mutating func follow(_ place: Int, _ previous: UInt32?, _ next: UInt32?) -> Bool {
        stack.append(place)
        while let place = stack.popLast() {
            if marks[place] == round { continue }
            marks[place] = round
            switch instructions[place] {
            case .scalar: current.append(place)
            case .jump(let target): stack.append(target)
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .match:
                stack.removeAll()
                return true
            default: if instructions[place].holds(previous, next) { stack.append(place + 1) }
            }
        }
        return false
    }
}
