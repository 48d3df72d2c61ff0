// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// Where audit records go, one JSON line each.
package protocol AuditSink: Sendable {
    /// Keeps a line (without its line break); throws when it cannot, and then writes are refused.
    func append(_ line: [UInt8]) async throws
}

/// Keeps nothing, for tests and tools.
package struct NoAudit: AuditSink {
    /// A sink that never fails.
    package init() {}
    /// Drops the line.
    package func append(_ line: [UInt8]) async throws {}
}
