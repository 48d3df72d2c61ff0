// SPDX-License-Identifier: Apache-2.0

/// Keeps what may compute for milliseconds away from the thread that reads the requests of many connections.
///
/// A request about one object is answered there, for that spares it the way to another thread and back.
enum LongWork {
    /// Does it on the threads that all tasks share.
    static func run<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
        try await withTaskExecutorPreference(globalConcurrentExecutor, operation: body)
    }
}
