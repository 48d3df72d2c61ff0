// SPDX-License-Identifier: Apache-2.0

/// Feeds a target with its corpus and with damaged copies of it; the same seed gives the same inputs.
package struct FuzzRun {
    /// What came of a run.
    package struct Result: Sendable {
        package var accepted = 0
        package var refused = 0
        /// Broken properties, each with the input that broke it and where it came from.
        package var findings: [(finding: Finding, input: [UInt8], origin: String)] = []
    }

    /// No input of a few kilobytes may take longer than this, in a debug build on a busy machine.
    static let longest: Duration = .seconds(10)
    /// A target that breaks again and again says nothing new.
    private static let mostFindings = 5

    private let target: FuzzTarget
    private let corpus: [Corpus.Input]
    private let seed: UInt64
    /// Told each input before it is tried, so that one that kills the process is known.
    private let before: ([UInt8]) throws -> Void

    package init(_ target: FuzzTarget, seed: UInt64, before: @escaping ([UInt8]) throws -> Void = { _ in }) throws {
        self.target = target
        corpus = try Corpus.inputs(target.name)
        self.seed = seed
        self.before = before
    }

    /// Every input of the corpus as it is.
    package func corpusAlone() throws -> Result {
        var result = Result()
        for input in corpus { try attempt(input.bytes, input.name, &result) }
        return result
    }

    /// This many damaged inputs.
    package func mutations(_ count: Int) throws -> Result {
        var result = Result()
        var mutator = Mutator(corpus.map(\.bytes), target.words, seed: seed)
        for round in 0..<count where result.findings.count < Self.mostFindings {
            try attempt(mutator.next(), "seed \(seed), round \(round)", &result)
        }
        return result
    }

    private func attempt(_ input: [UInt8], _ origin: String, _ result: inout Result) throws {
        try before(input)
        let start = ContinuousClock.now
        do {
            switch try target.check(input) {
            case .accepted: result.accepted += 1
            case .refused: result.refused += 1
            }
            let took = ContinuousClock.now - start
            try hold("an input is dealt with in \(Self.longest), this one took \(took)", took < Self.longest)
        } catch let finding as Finding {
            result.findings.append((finding, input, origin))
        }
    }
}
