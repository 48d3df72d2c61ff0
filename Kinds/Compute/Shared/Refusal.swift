// SPDX-License-Identifier: Apache-2.0

import OpenStack
import Reconciling

/// A failed call that means more to a kind than the service's words alone.
struct Refusal: PassError {
    let reason: String
    let message: String
    let fixer: Rejection.Fixer

    var isAmbiguous: Bool { false }
    var rejection: Rejection? { Rejection(reason: reason, message: message, fixer: fixer) }
    var retryAfter: Duration? { nil }
}

extension Refusal {
    /// Runs a creation; a quota that is full becomes a condition of its own.
    static func namingQuota<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as OpenStackError where error.code == .quotaExceeded {
            throw Refusal(
                reason: "QuotaExceeded",
                message: "\(error.message); it is tried again from time to time: free some, or ask for more quota",
                fixer: .yourAdmin)
        }
    }

    /// The answer, or nothing after a 404.
    static func existing<Value>(_ body: () async throws -> Value) async throws -> Value? {
        do { return try await body() } catch let error as OpenStackError where error.code == .notFound { return nil }
    }
}
