// SPDX-License-Identifier: Apache-2.0

/// One thing to do in the world, as a value: what a user sees in a plan and what a pass performs.
package struct Step<Change: Hashable & Sendable>: Hashable, Sendable {
    package enum Verb: String, Hashable, Sendable {
        case create, change, replace, delete
        /// Asks the owner of another object for something; nothing is written at a site.
        case ask
    }

    package var verb: Verb
    package var change: Change
    /// For people: `create server "web" (SCS-2V-4, 20 GiB root volume)`.
    ///
    /// A creation's must follow from the spec alone: an open intent knows its step by it.
    package var summary: String
    /// Whether something is lost that cannot be had back; held for consent after a site was away.
    package var destroys: Bool
    /// What the step sets right: the drift, when the object was as its spec says before.
    package var differences: [Difference]

    package init(
        _ verb: Verb, _ change: Change, _ summary: String, destroys: Bool? = nil, differences: [Difference] = []
    ) {
        self.verb = verb
        self.change = change
        self.summary = summary
        self.destroys = destroys ?? (verb == .delete || verb == .replace)
        self.differences = differences
    }
}

/// One field that is otherwise in the world than the spec says.
package struct Difference: Hashable, Sendable {
    /// Its path in the object: `spec.mtu`.
    package var field: String
    /// For people; never a secret.
    package var wanted: String
    package var found: String

    package init(_ field: String, wanted: String, found: String) {
        self.field = field
        self.wanted = wanted
        self.found = found
    }

    /// For a condition: `spec.mtu: wanted 1400, found 1500`.
    package var words: String { "\(field): wanted \(wanted), found \(found)" }
}

/// What is to be done now, in order, and what the pass comes to once it is done.
package struct Steps<Change: Hashable & Sendable>: Hashable, Sendable {
    package var steps: [Step<Change>]
    /// The outcome when all steps were performed, or at once when there are none.
    package var then: Outcome

    package init(_ steps: [Step<Change>] = [], then: Outcome = .settled) {
        self.steps = steps
        self.then = then
    }
}
