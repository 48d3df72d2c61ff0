// SPDX-License-Identifier: Apache-2.0

import CEL
import JSONTree
import Testing

@Suite("A hostile expression", .timeLimit(.minutes(1)))
struct HostileTests {
    @Test(
        "of great depth or length is refused or read, and never crashes",
        arguments: [
            String(repeating: "(", count: 50_000), String(repeating: "[", count: 50_000),
            String(repeating: "!", count: 90_000) + "true", String(repeating: "-", count: 90_000) + "1",
            "1" + String(repeating: "+1", count: 40_000), "true" + String(repeating: "||true", count: 15_000),
            "true" + String(repeating: "?true:true", count: 9_000), String(repeating: "{1:", count: 30_000),
            "self" + String(repeating: ".a", count: 40_000), "self" + String(repeating: "[0]", count: 30_000),
            String(repeating: "[1].map(x,", count: 9_000), String(repeating: "a", count: 200_000),
            String(repeating: "f(", count: 40_000), "'" + String(repeating: "\\", count: 99_999),
            String(repeating: "(", count: 90) + "1" + String(repeating: ")", count: 90),
            String(repeating: "[1].map(x,", count: 90) + "1" + String(repeating: ")", count: 90),
            "1" + String(repeating: "+1", count: 240),
        ])
    func depth(_ source: String) async {
        // A task has a small stack, as a server's have.
        await Task.detached { _ = try? Sample.run(source) }.value
    }

    @Test(
        "that works too much is stopped",
        arguments: [
            "self.sizes.all(a, self.sizes.all(b, self.sizes.all(c, self.sizes.all(d, a + b + c + d >= 0))))",
            "self.names.all(a, self.names.all(b, a.contains(b) || true))",
            "self.names.map(a, self.names.join('')).size() > 0",
            "self.names.all(a, self.names.all(k, self.map[k] == 1))",
            "self.names.all(n, !self.names.join('').matches('(x+x+)+y'))",
            "self.names.join('').replace('a', self.names.join('')).size() > 0",
            "self.names.join('').split('').map(x, self.names.join('')).size() > 0",
            "self.set == self.set && self.set + self.set == self.set",
        ])
    func work(_ source: String) throws {
        let many = (0..<2000).map { "aaaaaaaaaa\($0)" }
        let object: JSON = [
            "sizes": .array((0..<200).map { .integer($0) }), "names": .array(many.map(JSON.string)),
            "set": .array(many.map(JSON.string)), "map": .object(JSONObject(many.map { ($0, 1) })),
        ]
        let shape = ObjectShape(
            name: "object",
            fields: [
                .init(key: "sizes", shape: .list(.int, .atomic)), .init(key: "names", shape: .list(.string, .atomic)),
                .init(key: "set", shape: .list(.string, .set)), .init(key: "map", shape: .map(.int)),
            ])
        let program = try Program(source, variables: [Variable("self", Shape.object(shape).type)])
        let outcome = program.run([Value(object, as: .object(shape))], limit: 100_000)
        #expect(throws: EvaluationError.self) { try outcome.result.get() }
        guard case .failure(let error) = outcome.result else { return }
        #expect(error.reason == .costLimit)
        #expect(outcome.cost >= 100_000)
    }

    @Test("made at random never crashes")
    func random() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let words = [
            "self", ".", "name", "sizes", "items", "(", ")", "[", "]", "{", "}", "1", "0", "-1", "2.5", "3u", "'a'",
            "b'b'",
            "+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", "!", "?", ":", ",", "in", "has(", "all(x,",
            "map(x,",
            "x", "size(", "int(", "string(", "dyn(", "matches(", "split(", "true", "null", "timestamp(", "optional.of(",
            ".?",
            "[?", "9223372036854775807", "labels", "created", "ttl", "port", ".sum()", ".min()", "\\", "'", "\u{301}",
        ]
        var compiled = 0
        for _ in 0..<2000 {
            let count = Int.random(in: 1...14, using: &generator)
            let source = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            guard let program = try? Program(source, variables: Sample.variables) else { continue }
            compiled += 1
            _ = program.run([Value(Sample.object, as: .object(Sample.shape))], limit: 10_000)
        }
        #expect(compiled > 0, "seed \(seed)")
    }
}

/// Random numbers that a seed repeats. https://prng.di.unimi.it/splitmix64.c
struct SeededGenerator: RandomNumberGenerator {
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
