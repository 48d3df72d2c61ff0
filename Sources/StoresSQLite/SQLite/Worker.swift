// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// A connection with a thread of its own: what it is asked happens one after the other, and blocks nobody else.
final class Worker: Sendable {
    private let queue: DispatchQueue
    private let connection: Mutex<Connection>
    private let waiting = Atomic(0)

    /// Opens the file and prepares the connection.
    init(path: String, name: String, prepare: (Connection) throws -> Void) throws {
        let connection = try Connection(path: path)
        try prepare(connection)
        self.connection = Mutex(connection)
        queue = DispatchQueue(label: name)
    }

    /// How many things it has to do, for choosing the idlest.
    var load: Int { waiting.load(ordering: .relaxed) }

    /// Does something and returns what it made; a caller that is cancelled waits all the same.
    func run<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            schedule { connection in
                let result = Result { try body(connection) }
                continuation.resume(with: result)
            }
        }
    }

    /// Does something later, after what it was asked before.
    func schedule(_ body: @escaping @Sendable (Connection) -> Void) {
        waiting.add(1, ordering: .relaxed)
        queue.async {
            self.connection.withLock { body($0) }
            self.waiting.subtract(1, ordering: .relaxed)
        }
    }

    /// Does something now, on the caller's thread, for opening and for tests.
    func runNow<Value: Sendable>(_ body: (Connection) throws -> Value) throws -> Value {
        try connection.withLock { try body($0) }
    }
}
