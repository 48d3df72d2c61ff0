// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Keeps a second process, and a second store in this one, away from a database file.
///
/// The kernel lets go of the lock when the process ends, however it ends.
final class FileLock: Sendable {
    /// Minus one when the lock was given back.
    private let descriptor: Atomic<Int32>

    /// Takes the lock; throws where somebody has it, or the file cannot be made.
    init(path: String) throws(SQLiteError) {
        let opened = try Self.openFile(path)
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let error = SQLiteError(code: EWOULDBLOCK, message: "\(path) is locked: another process has the store open")
            _ = close(opened)
            throw error
        }
        descriptor = Atomic(opened)
    }

    deinit { release() }

    /// Gives the lock back; later calls do nothing.
    func release() {
        let opened = descriptor.exchange(-1, ordering: .acquiringAndReleasing)
        guard opened >= 0 else { return }
        // A child that was forked a moment ago and has not yet become another program has the file open as well.
        _ = flock(opened, LOCK_UN)
        _ = close(opened)
    }

    /// Makes an empty file that only its owner may read, where there is none; SQLite's own files beside it do the same.
    static func makePrivateFile(_ path: String) throws(SQLiteError) { _ = close(try openFile(path)) }

    private static func openFile(_ path: String) throws(SQLiteError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SQLiteError(code: errno, message: "cannot open \(path): \(String(cString: strerror(errno)))")
        }
        return descriptor
    }
}
