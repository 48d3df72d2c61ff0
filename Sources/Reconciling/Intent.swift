// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import Resources

/// A creation that is about to be asked for, written to `status.intent` before the call (decision 14).
package struct Intent: Codable, Hashable, Sendable {
    /// The step's summary.
    package var step: String
    /// Seconds since 1970: when the call was begun, or when it failed with its effect unknown.
    package var since: Int64
    /// The generation of the spec that the step came from.
    package var generation: Int64?

    package init(step: String, since: Int64, generation: Int64? = nil) {
        self.step = step
        self.since = since
        self.generation = generation
    }
}

extension Intent {
    /// Reads `status.intent`; absent when there is none.
    package init?(tree: JSON?) {
        guard let step = tree?["step"]?.string, let since = tree?["since"]?.integer else { return nil }
        self.init(step: step, since: since, generation: tree?["generation"]?.integer)
    }

    package var tree: JSON {
        var tree: JSON = ["step": .string(step), "since": .integer(since)]
        if let generation { tree["generation"] = .integer(generation) }
        return tree
    }
}
