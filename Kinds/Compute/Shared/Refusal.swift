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
    /// The answer, or nothing after a 404.
    static func existing<Value>(_ body: () async throws -> Value) async throws -> Value? {
        do { return try await body() } catch let error as OpenStackError where error.code == .notFound { return nil }
    }
}
