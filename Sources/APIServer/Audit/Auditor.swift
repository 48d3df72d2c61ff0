// SPDX-License-Identifier: Apache-2.0

import Resources

/// Writes the audit: before a write is tried, and before any answer goes out.
package struct Auditor: Sendable {
    private let sink: any AuditSink
    private let now: @Sendable () -> Int64
    private let isLost: @Sendable (any Error) -> Void

    /// An auditor; `isLost` hears of a record that could not be kept, for the operator's log and metrics.
    package init(
        _ sink: any AuditSink, now: @escaping @Sendable () -> Int64,
        isLost: @escaping @Sendable (any Error) -> Void = { _ in }
    ) {
        self.sink = sink
        self.now = now
        self.isLost = isLost
    }

    /// A write is about to be tried; throws `serviceUnavailable` when that cannot be recorded, and then it must not be.
    func received(_ record: AuditRecord) async throws(APIError) {
        do {
            try await sink.append(record.line(.received, code: nil, reason: nil, now: now()))
        } catch {
            isLost(error)
            throw APIError(
                .serviceUnavailable, "the audit log cannot be written, so writes are refused; reads go on",
                details: .init(retryAfterSeconds: 5), underlying: error)
        }
    }

    /// An answer is about to go out.
    ///
    /// When that cannot be recorded it still goes: a write has its first record, and reads go on.
    func answered(_ record: AuditRecord, _ stage: AuditRecord.Stage = .complete, code: Int, reason: String? = nil) async
    {
        do {
            try await sink.append(record.line(stage, code: code, reason: reason, now: now()))
        } catch {
            isLost(error)
        }
    }
}
