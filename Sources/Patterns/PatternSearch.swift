// SPDX-License-Identifier: Apache-2.0

extension Pattern {
    /// Where a pattern matched.
    package struct Match: Sendable {
        /// Places in the scalars of the text.
        package let range: Range<Int>
    }

    /// The first match at or after a place: the leftmost, and there the one that the pattern prefers, as in Perl and Go.
    ///
    /// - Parameter examined: grows by the scalars that were looked at, for callers that count work.
    package func firstMatch(in scalars: [Unicode.Scalar], from start: Int, examined: inout Int) -> Match? {
        var search = PatternSearch(instructions)
        var position = start
        while true {
            let previous = position > 0 ? scalars[position - 1].value : nil
            let next = position < scalars.count ? scalars[position].value : nil
            search.arrive(at: position, from: previous, before: next)
            guard let next, !search.isFinished(isAnchored: isAnchored) else { break }
            examined += 1
            search.consume(next)
            position += 1
        }
        return search.found.map(Match.init)
    }
}

/// All the places in a program where a match may stand, the preferred ones first, each with where it began.
private struct PatternSearch {
    private struct Thread {
        var place: Int
        var start: Int
    }

    private let instructions: [PatternInstruction]
    private var current: [Thread] = []
    private var pending: [Thread] = []
    private var marks: [Int]
    private var round = 0
    private var stack: [Int] = []
    private(set) var found: Range<Int>?

    init(_ instructions: [PatternInstruction]) {
        self.instructions = instructions
        marks = Array(repeating: 0, count: instructions.count)
    }

    /// Whether no thread could still give a match, or a better one.
    func isFinished(isAnchored: Bool) -> Bool { current.isEmpty && (found != nil || isAnchored) }

    /// Takes every step that needs no scalar; while nothing is found, also begins anew here.
    mutating func arrive(at position: Int, from previous: UInt32?, before next: UInt32?) {
        round += 1
        current.removeAll(keepingCapacity: true)
        if found == nil { pending.append(Thread(place: 0, start: position)) }
        for thread in pending where follow(thread, previous, next) {
            found = thread.start..<position
            // What comes after is less preferred than this match.
            break
        }
        pending.removeAll(keepingCapacity: true)
    }

    mutating func consume(_ scalar: UInt32) {
        for thread in current {
            guard case .scalar(let set) = instructions[thread.place], set.contains(scalar) else { continue }
            pending.append(Thread(place: thread.place + 1, start: thread.start))
        }
    }

    /// True when the thread reaches the end of the pattern.
    private mutating func follow(_ thread: Thread, _ previous: UInt32?, _ next: UInt32?) -> Bool {
        stack.append(thread.place)
        while let place = stack.popLast() {
            if marks[place] == round { continue }
            marks[place] = round
            switch instructions[place] {
            case .scalar: current.append(Thread(place: place, start: thread.start))
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

extension PatternInstruction {
    /// Whether a condition on the place between two scalars holds; false for what is no condition.
    func holds(_ previous: UInt32?, _ next: UInt32?) -> Bool {
        switch self {
        case .start: previous == nil
        case .end: next == nil
        case .lineStart: previous == nil || previous == 0x0A
        case .lineEnd: next == nil || next == 0x0A
        case .boundary(let wanted): (Self.isWord(previous) != Self.isWord(next)) == wanted
        case .scalar, .jump, .split, .match: false
        }
    }

    private static func isWord(_ scalar: UInt32?) -> Bool { scalar.map(ScalarSet.word.contains) ?? false }
}
