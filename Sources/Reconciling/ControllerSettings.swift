// SPDX-License-Identifier: Apache-2.0

package import Clients
package import Resources

/// How a controller runs its reconciler.
package struct ControllerSettings: Sendable {
    /// Passes at the same time, for different objects.
    package var workers: Int
    /// How often a settled object is looked at again, spread by up to a tenth.
    package var resync: Duration
    /// After failures in a row of one object.
    package var backoff: Backoff
    /// The kinds that this one refers to: their changes wake who refers to them.
    package var refersTo: [ResourceType]
    /// The kinds whose objects this one makes: their changes wake their owner.
    package var owns: [ResourceType]
    package var pass: PassSettings

    package init(
        workers: Int = 4, resync: Duration = .seconds(600),
        backoff: Backoff = Backoff(base: .milliseconds(200), cap: .seconds(300)), refersTo: [ResourceType] = [],
        owns: [ResourceType] = [], pass: PassSettings = PassSettings()
    ) {
        self.workers = workers
        self.resync = resync
        self.backoff = backoff
        self.refersTo = refersTo
        self.owns = owns
        self.pass = pass
    }

    /// Every kind beside its own that a controller must hear of.
    var others: Set<ResourceType> { Set(refersTo + owns + pass.guards.map(\.type)) }
}
