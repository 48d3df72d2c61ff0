// SPDX-License-Identifier: Apache-2.0

/// Makes new inputs of known ones: changes bytes, inserts words, repeats, cuts and splices parts.
package struct Mutator {
    /// Longer inputs show nothing that shorter ones do not, but slow a run down.
    private static let longest = 16 << 10
    private static let marks: [UInt8] =
        Array(#"{}[]()",:;=!\/%&?*+-.0129eEnt~^$#@ '"#.utf8) + [
            0, 9, 10, 0x1F, 0x7F, 0x80, 0xC0, 0xC3, 0xED, 0xF4, 0xFF,
        ]

    private let seeds: [[UInt8]]
    private let words: [[UInt8]]
    private var random: SeededRandom

    package init(_ seeds: [[UInt8]], _ words: [String], seed: UInt64) {
        self.seeds = seeds.isEmpty ? [[]] : seeds
        self.words = words.map { Array($0.utf8) } + [Array("\u{301}".utf8), Array("9223372036854775808".utf8)]
        random = SeededRandom(seed: seed)
    }

    /// The next input.
    package mutating func next() -> [UInt8] {
        var bytes = random.pick(seeds)
        for _ in 0..<Int.random(in: 1...5, using: &random) { damage(&bytes) }
        return Array(bytes.prefix(Self.longest))
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let part = place..<min(bytes.count, place + Int.random(in: 1...24, using: &random))
        switch Int.random(in: 0..<10, using: &random) {
        case 0: bytes.insert(random.pick(Self.marks), at: place)
        case 1 where place < bytes.count: bytes[place] = random.pick(Self.marks)
        case 2 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 3: bytes.removeSubrange(part)
        case 4: bytes.insert(contentsOf: bytes[part], at: random.once(in: 2) ? place : 0)
        case 5: repeatPart(&bytes, part)
        case 6:
            let other = random.pick(seeds)
            let start = Int.random(in: 0...other.count, using: &random)
            bytes.replaceSubrange(part, with: other[start..<min(other.count, start + part.count + 8)])
        case 7 where random.once(in: 3): bytes.removeLast(bytes.count - place)
        default: bytes.insert(contentsOf: random.pick(words), at: place)
        }
    }

    /// Depth and length are what readers trip over most.
    private mutating func repeatPart(_ bytes: inout [UInt8], _ part: Range<Int>) {
        guard random.once(in: 8), !part.isEmpty else { return }
        let many = Int.random(in: 2...(Self.longest / part.count), using: &random)
        bytes.insert(contentsOf: (0..<many).flatMap { _ in bytes[part] }, at: part.lowerBound)
    }
}
