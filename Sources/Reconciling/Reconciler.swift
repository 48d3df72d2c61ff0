// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Resources

/// The logic of one kind: observe, then pure steps, then perform.
///
/// The machinery around it (`Pass`) does the rest: references, finalizer, intents, status, conditions, events, retries.
///
/// Rules that every kind obeys:
/// - `steps` is pure. The plan that a user sees and the calls that a pass makes both come from it.
/// - `observe` finds what is ours by recorded id, and by the mark `scs:<uid>` while an intent is open or no id is recorded.
///   Unreachable throws; only a 404 by id means gone.
/// - `perform` makes one call (or object write) and answers with the world as it is then, so that no second look is needed.
/// - Every value that a later pass needs is in what `status` returns.
package protocol Reconciler: Sendable {
    /// What was found in the world; values only.
    associatedtype Observed: Sendable
    associatedtype Change: Hashable & Sendable

    var type: ResourceType { get }
    /// The objects that this one refers to, in the order in which they are waited for.
    func references(of object: Object) -> [Reference]
    func observe(_ input: PassInput) async throws -> Observed
    /// For an object that is being deleted: the steps that take it out of the world; then `.gone`.
    func steps(_ input: PassInput, _ observed: Observed) -> Steps<Change>
    func perform(_ step: Step<Change>, _ input: PassInput, _ observed: Observed) async throws -> Observed
    /// The members of `status` that the observation gives, native ids among them; conditions come from the machinery.
    ///
    /// They are all that stands there beside `conditions`, `observedGeneration`, `intent` and `missing`: what is left out is removed.
    func status(_ input: PassInput, _ observed: Observed) -> JSONObject
    /// The world as `status` remembers it, for a preview that asks no site; absent when the kind remembers too little.
    func remembered(_ input: PassInput) -> Observed?
    /// Called in place of a look while others still use an object that is being deleted.
    ///
    /// What they need of it to go themselves must be there after our own restart too, else neither ever goes.
    func stay(_ input: PassInput) async throws
    /// Whether its steps name their differences, so that the condition `InSync` can tell of drift.
    var reportsDrift: Bool { get }
}

extension PassError {
    package var diagnosis: Rejection? { nil }
    package var isNews: Bool { true }
}

extension Reconciler {
    package var reportsDrift: Bool { false }
    package func stay(_ input: PassInput) async throws {}
    package func remembered(_ input: PassInput) -> Observed? { nil }
}

/// One object that another refers to.
package struct Reference: Hashable, Sendable {
    /// How `PassInput.references` knows it: the field's path, `spec.networks[0].name`.
    package var field: String
    package var type: ResourceType
    package var key: ObjectKey
    /// What it must be before a pass may go on; deletion never waits for it.
    package enum Need: Hashable, Sendable { case ready, present, optional }
    package var need: Need

    package init(field: String, type: ResourceType, key: ObjectKey, need: Need = .ready) {
        self.field = field
        self.type = type
        self.key = key
        self.need = need
    }
}

/// What a pass knows before it looks at the world.
package struct PassInput: Sendable {
    package var object: Object
    /// The objects referred to, by field; absent when there is none (deletion, `optional`).
    package var references: [String: Object]
    /// A creation that was begun and not yet seen to end; searching by mark is due while there is one.
    package var intent: Intent?
    /// The native ids that the last look did not find; gone is what this one does not find either.
    package var missing: Set<String>
    /// The wall clock at the pass's beginning, seconds since 1970.
    package var now: Int64

    package init(
        object: Object, references: [String: Object] = [:], intent: Intent? = nil, missing: Set<String> = [], now: Int64
    ) {
        self.object = object
        self.references = references
        self.intent = intent
        self.missing = missing
        self.now = now
    }

    /// What marks things in the world as this object's: `scs:<uid>`.
    package var mark: String { "scs:\(object.metadata.uid ?? "")" }

    /// The native id of the thing that the object is to take over; absent once it has one, and without such a wish.
    package var importID: String? {
        guard !object.isDeleting, intent == nil, object.status?["id"] == nil else { return nil }
        return object.metadata.annotations[Self.importAnnotation]
    }

    /// Names the thing at a site that an object takes over in place of making one.
    package static let importAnnotation = "scs.community/import-id"
}

/// An error that says for itself what it means for a pass.
package protocol PassError: Error {
    /// The call may have taken effect although it failed: the connection broke, the deadline passed, or the answer was a 5xx.
    var isAmbiguous: Bool { get }
    /// No retry can help; absent when one may.
    var rejection: Rejection? { get }
    /// For a failure that is retried: its reason and who can end it; absent for everyday trouble (`SiteError`).
    var diagnosis: Rejection? { get }
    /// How long the other side asked us to wait.
    var retryAfter: Duration? { get }
    /// Whether it says something of the world; our own start does not, and what was ready stays so.
    var isNews: Bool { get }
    /// For the condition's message: the foreign system's words and request id; never a secret.
    var message: String { get }
}
