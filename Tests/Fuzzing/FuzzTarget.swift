// SPDX-License-Identifier: Apache-2.0

/// A reader of foreign bytes, with what must hold whatever the bytes are.
///
/// `check` must neither trap, nor hang, nor grow without bound; it throws `Finding` when a property is broken.
package struct FuzzTarget: Sendable, CustomStringConvertible {
    /// What became of an input that broke nothing.
    package enum Verdict: Hashable, Sendable { case accepted, refused }

    /// Also the name of its corpus.
    package let name: String
    /// Words of the language, which damage inserts.
    let words: [String]
    let check: @Sendable ([UInt8]) throws -> Verdict

    package var description: String { name }

    /// All of them, in the order in which they run.
    package static let all: [FuzzTarget] = [
        .json, .yaml, .patches, .fields, .apply, .labels, .selectedFields, .cel, .patterns, .protobuf, .requests,
        .definitions,
    ]
}

/// A property that an input broke.
package struct Finding: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

/// Holds a property, or throws it as broken.
func hold(_ property: String, _ isTrue: Bool) throws(Finding) {
    if !isTrue { throw Finding(property) }
}

extension FuzzTarget {
    /// Finds fault with everything: shows that findings are seen.
    package static let broken = FuzzTarget(name: "json", words: []) { _ in throw Finding("nothing is ever right") }
}
