// SPDX-License-Identifier: Apache-2.0

import Resources
import Stores

extension Objects {
    /// Makes one change; a store's refusal becomes what an API user is told.
    ///
    /// `StoreError.conflict` and `.notFound` pass through, for the caller may look again.
    func commit(_ change: Change, _ target: Target) async throws -> Revision {
        do {
            return try await cache.commit(change)
        } catch StoreError.exists {
            throw target.exists(change.key.object.name, isDeleting: false)
        } catch StoreError.unavailable(let cause) {
            throw APIError(
                .serviceUnavailable, "the store does not take writes now; reads go on, try again later",
                details: .init(retryAfterSeconds: 5), underlying: StoreError.unavailable(cause))
        }
    }

    /// Runs a read-change-write again when somebody else was faster, up to ten times.
    func retried<Result>(_ target: Target, _ attempt: () async throws -> Result) async throws -> Result {
        for _ in 0..<10 {
            do {
                return try await attempt()
            } catch StoreError.conflict {
                continue
            } catch StoreError.notFound {
                throw target.notFound(target.name ?? "")
            }
        }
        throw target.conflict(target.name ?? "")
    }
}
