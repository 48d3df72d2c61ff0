// SPDX-License-Identifier: Apache-2.0

package import Stores

/// What every implementation of `Store` is held to: the list of its guarantees, a check each.
///
/// A suite runs `guarantees` as the arguments of one test. *A kill at any instant loses nothing acknowledged* needs a
/// process of its own and is tested beside the implementation.
package struct StoreContract: Sendable {
    /// A store with nothing in it, and how to close it and open it again on the same data.
    package struct Subject: Sendable {
        package let store: any Store
        package let restart: @Sendable () async throws -> any Store

        package init(store: any Store, restart: @escaping @Sendable () async throws -> any Store) {
            self.store = store
            self.restart = restart
        }
    }

    /// One promise, in the words of `Store`.
    package struct Guarantee: Sendable {
        package let name: String
        package let check: @Sendable (Subject) async throws -> Void
    }

    package let make: @Sendable () async throws -> Subject

    package init(make: @escaping @Sendable () async throws -> Subject) { self.make = make }

    package func check(_ guarantee: Guarantee) async throws { try await guarantee.check(try await make()) }

    package static let guarantees = [
        Guarantee(name: "revisions only grow", check: revisionsOnlyGrow),
        Guarantee(name: "a revision names one change of one object", check: aRevisionNamesOneChange),
        Guarantee(name: "a commit is durable when it returns", check: aCommitIsDurable),
        Guarantee(name: "no watch event is lost, doubled or reordered", check: noWatchEventIsLost),
        Guarantee(name: "a stale revision conflicts", check: aStaleRevisionConflicts),
        Guarantee(name: "a failed change fails alone", check: aFailedChangeFailsAlone),
        Guarantee(name: "a list is of one moment and in the order of keys", check: aListIsOfOneMoment),
        Guarantee(
            name: "a watch from N sees exactly what came after N, over a restart too", check: aWatchResumesOverARestart),
        Guarantee(name: "compaction answers expired, never silence", check: compactionAnswersExpired),
        Guarantee(name: "a watch from the future is expired", check: aWatchFromTheFutureIsExpired),
        Guarantee(name: "a cancelled watch ends", check: aCancelledWatchEnds),
    ]
}

extension StoreContract.Guarantee: CustomStringConvertible {
    package var description: String { name }
}
