// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Testing

@Suite("Parsing anything")
struct FuzzTests {
    @Test("what is printed parses to the same tree, byte for byte")
    func roundTrip() throws {
        var random = SeededRandom(seed: 20_260_707)
        for round in 0..<2000 {
            let tree = JSON.random(depth: 4, using: &random)
            let bytes = tree.bytes
            let parsed = try JSON(parsing: bytes)
            #expect(parsed == tree, "seed 20260707, round \(round)")
            #expect(parsed.bytes == bytes, "seed 20260707, round \(round)")
            guard parsed == tree else { return }
        }
    }

    @Test("no damage to a text makes the parser crash or take what it cannot print back")
    func mutation() throws {
        var random = SeededRandom(seed: 42)
        let texts =
            (0..<50).map { _ in JSON.random(depth: 3, using: &random).bytes } + [
                Array(#"["\ud83d\ude00\u00e9","é"]"#.utf8)
            ]
        var accepted = 0
        for round in 0..<20_000 {
            var bytes = texts[Int.random(in: 0..<texts.count, using: &random)]
            for _ in 0..<Int.random(in: 1...3, using: &random) { damage(&bytes, using: &random) }
            guard let tree = try? JSON(parsing: bytes) else { continue }
            accepted += 1
            if accepted % 8 == 0, try JSON(parsing: tree.bytes) != tree {
                Issue.record("seed 42, round \(round): \(bytes)")
            }
        }
        #expect((100..<19_900).contains(accepted), "both ways out must have been taken")
    }

    private func damage(_ bytes: inout [UInt8], using random: inout SeededRandom) {
        let marks = Array(#"{}[]",:\u0e-.9 "#.utf8) + [0, 0x1F, 0x80, 0xC3, 0xED, 0xFF]
        let mark = marks[Int.random(in: 0..<marks.count, using: &random)]
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.insert(mark, at: place)
        case 1 where place < bytes.count: bytes[place] = mark
        case 2 where place < bytes.count: bytes.remove(at: place)
        default: bytes.removeLast(min(bytes.count, 2))
        }
    }
}

/// SplitMix64: the same numbers on every run.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension JSON {
    static func random(depth: Int, using random: inout SeededRandom) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &random))
        case 3: return .integer(Int64.random(in: -9...9, using: &random))
        case 4:
            return .decimal(
                ["-0", "1.50", "2e-7", "1E+3", "18446744073709551615"].randomElement(using: &random) ?? "-0")
        case 5, 6: return .string(randomText(using: &random))
        case 7:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in .random(depth: depth - 1, using: &random) })
        default:
            let count = Int.random(in: 0...5, using: &random)
            return .object(
                JSONObject(
                    (0..<count).map { _ in (randomText(using: &random), .random(depth: depth - 1, using: &random)) }))
        }
    }

    private static func randomText(using random: inout SeededRandom) -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "b", "z", " ", "\"", "\\", "\n", "\u{1}", "/", "é", "€", "😀", "\u{301}", "\u{7F}",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            text.unicodeScalars.append(
                alphabet[min(Int.random(in: 0..<28, using: &random), alphabet.count - 1) % alphabet.count])
        }
        return text
    }
}
