// SPDX-License-Identifier: Apache-2.0

import Fuzzing
import Testing

@Suite("Hostile bytes")
struct FuzzingTests {
    private static let seed: UInt64 = 20_261_124

    @Test("every input of the corpus keeps what is promised", arguments: FuzzTarget.all)
    func corpus(_ target: FuzzTarget) throws {
        let result = try FuzzRun(target, seed: Self.seed).corpusAlone()
        for (finding, _, origin) in result.findings { Issue.record("\(origin): \(finding)") }
        #expect(result.accepted > 0 && result.refused > 0, "both ways out must be shown: \(result)")
    }

    @Test("no damage to an input breaks what is promised", arguments: FuzzTarget.all)
    func mutations(_ target: FuzzTarget) throws {
        let result = try FuzzRun(target, seed: Self.seed).mutations(1000)
        for (finding, input, origin) in result.findings {
            Issue.record(
                "\(origin): \(finding): \(String(decoding: input.prefix(400), as: UTF8.self).debugDescription)")
        }
        #expect(result.accepted > 10 && result.refused > 10, "both ways out must have been taken: \(result)")
    }

    @Test("a broken property is reported with its input and where it came from")
    func finding() throws {
        let target = FuzzTarget.broken
        let result = try FuzzRun(target, seed: 1).mutations(50)
        #expect(result.findings.count == 5)
        #expect(result.findings.first?.origin == "seed 1, round 0")
    }
}
