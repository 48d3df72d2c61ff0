// SPDX-License-Identifier: Apache-2.0

import Crypto
import Synchronization

/// What was found out of credentials that clients show with each request, so that a signature is checked once.
///
/// Kept by the hash of what was shown. What can change (time, the account, the keys) is for the caller to check each time.
final class Remembered<Value: Sendable>: Sendable {
    private let values = Mutex<[SHA256Digest: Value]>([:])
    private let limit: Int

    /// Forgets everything and begins anew when more than `limit` are known.
    init(limit: Int = 1024) { self.limit = limit }

    /// The value of these bytes; `find` is asked when it is not known, and its errors are not remembered.
    func value(of bytes: some Sequence<UInt8>, find: () async throws -> Value) async rethrows -> Value {
        let digest = SHA256.hash(data: Array(bytes))
        if let known = values.withLock({ $0[digest] }) { return known }
        let value = try await find()
        values.withLock { values in
            if values.count >= limit { values.removeAll() }
            values[digest] = value
        }
        return value
    }
}
