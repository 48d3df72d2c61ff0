// SPDX-License-Identifier: Apache-2.0

package import Resources

/// What one pass of a reconciler asks for next.
package enum Outcome: Hashable, Sendable {
    /// The world matches the spec; wake me when the object changes, and look at the world again at the next resync.
    case settled
    /// Another object must change first; its change wakes this one. `because` is a whole sentence: `Network "web" is not ready`.
    case waiting(on: ObjectReference, because: String)
    /// The world is still working; look again after this long.
    case polling(after: Duration, because: String)
    /// No retry can help until the user, the user's admin or the provider does something.
    case rejected(Rejection)
    /// Nothing of the object is left in the world; its finalizer may go.
    case gone
}

/// A no with its reason: who can fix it and how.
package struct Rejection: Hashable, Sendable {
    package enum Fixer: String, Hashable, Sendable {
        case you
        case yourAdmin = "your admin"
        case provider = "the provider"
    }

    /// UpperCamel, listed in the kind's README.
    package var reason: String
    /// The foreign system's own words and request id, then what to do.
    package var message: String
    package var fixer: Fixer

    package init(reason: String, message: String, fixer: Fixer) {
        self.reason = reason
        self.message = message
        self.fixer = fixer
    }

    /// For a condition: the message, and who can fix it.
    package var words: String { "\(message) (to be fixed by \(fixer.rawValue))" }
}
