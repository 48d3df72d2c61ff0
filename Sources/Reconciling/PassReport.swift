// SPDX-License-Identifier: Apache-2.0

package import Resources

/// The limits of a pass.
package struct PassSettings: Sendable {
    /// How long a call whose answer was lost may still take effect.
    package var settle: Duration
    /// The same for one object, where it lives in a place with a settle time of its own; absent for `settle`.
    package var settleOf: @Sendable (Object) -> Duration? = { _ in nil }
    /// How many steps one pass performs at most; the next pass goes on.
    package var stepLimit: Int
    /// How soon to look again while a lost answer is open, or when a step shows no effect yet.
    package var poll: Duration
    /// What may refer to an object of this kind.
    package var guards: [DeletionGuard]

    package init(
        settle: Duration = .seconds(60), stepLimit: Int = 20, poll: Duration = .seconds(2),
        guards: [DeletionGuard] = []
    ) {
        self.settle = settle
        self.stepLimit = stepLimit
        self.poll = poll
        self.guards = guards
    }
}

/// What a pass did and what it came to.
package struct PassReport: Sendable {
    package var verdict: Verdict
    /// The object as the pass left it.
    package var object: Object
    /// The summaries of the steps that were performed, in order.
    package var performed: [String] = []
}

/// What a running pass knows.
struct PassWork<R: Reconciler> {
    var input: PassInput
    /// The object as the pass found it.
    let before: Object
    /// The world as it was last seen; absent before the first look.
    var observed: R.Observed?
    var performed: [Step<R.Change>] = []
    /// Whether the observation holds what the status does not yet: new ids, or that something is gone.
    var mustRecord = false
    /// What was found otherwise than it was left; absent before the first steps.
    var drift: [Difference]?
}
