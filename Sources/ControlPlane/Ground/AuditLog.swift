// SPDX-License-Identifier: Apache-2.0

import APIServer
import Foundation
import Synchronization

/// The audit log as a file of JSON lines, reopened when somebody has moved it away, so that any log rotation works.
final class AuditLog: AuditSink {
    private struct Open {
        var handle: FileHandle
        var inode: UInt64
    }

    private let path: String
    private let open: Mutex<Open>

    /// Opens the file for appending, and makes it when it is absent.
    init(path: String) throws {
        self.path = path
        open = Mutex(try Self.open(path))
    }

    func append(_ line: [UInt8]) async throws {
        var whole = Data(capacity: line.count + 1)
        whole.append(contentsOf: line)
        whole.append(UInt8(ascii: "\n"))
        try open.withLock { [whole] open in
            if Self.inode(path) != open.inode { open = try Self.open(path) }
            // One write a line, so that lines of several tasks do not mix.
            try open.handle.write(contentsOf: whole)
        }
    }

    private static func open(_ path: String) throws -> Open {
        let descriptor = Foundation.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return Open(handle: FileHandle(fileDescriptor: descriptor, closeOnDealloc: true), inode: inode(path))
    }

    private static func inode(_ path: String) -> UInt64 {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(status.st_ino) : 0
    }
}
