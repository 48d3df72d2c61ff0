// SPDX-License-Identifier: Apache-2.0
//
// Tries many damaged inputs on a reader of foreign bytes; script/fuzz builds and runs it.

import ArgumentParser
import Foundation
import Fuzzing

struct Fuzzer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scs-fuzz", abstract: "Try damaged inputs on a reader of foreign bytes.")

    @Argument(help: "Which one: \(FuzzTarget.all.map(\.name).joined(separator: ", ")), or all.")
    var target = "all"

    @Option(help: "How many inputs.")
    var runs = 100_000

    @Option(help: "Where the inputs come from: the same seed gives the same ones.")
    var seed: UInt64 = .random(in: 0 ... .max)

    mutating func run() throws {
        let chosen = FuzzTarget.all.filter { target == "all" || $0.name == target }
        guard !chosen.isEmpty else { throw ValidationError("there is no target \(target)") }
        var isClean = true
        for target in chosen { isClean = try run(target) && isClean }
        if !isClean { throw ExitCode.failure }
    }

    private func run(_ target: FuzzTarget) throws -> Bool {
        let last = FileManager.default.temporaryDirectory.appending(path: "scs-fuzz-\(target.name)")
        print("\(target.name): \(runs) inputs, seed \(seed); the last one is kept in \(last.path)")
        let started = ContinuousClock.now
        let run = try FuzzRun(target, seed: seed) { try Data($0).write(to: last) }
        let result = try run.mutations(runs)
        for (finding, input, origin) in result.findings {
            print("  BROKEN \(finding) (\(origin)): \(Data(input.prefix(600)).base64EncodedString())")
        }
        print("  \(result.accepted) taken, \(result.refused) refused, in \(ContinuousClock.now - started)")
        return result.findings.isEmpty
    }
}

Fuzzer.main()
