// SPDX-License-Identifier: Apache-2.0

import CZlib

/// One gzip stream in the making, at the fastest level, as Kubernetes' API server has it: lists of like objects shrink
/// to a twentieth even so.
struct Gzip: ~Copyable {
    /// The library failed: it has no memory.
    struct Failed: Error {}

    /// It has an address of its own, which zlib remembers.
    private let stream: UnsafeMutablePointer<z_stream>

    init() throws {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard scs_gzip_begin(stream, Z_BEST_SPEED) == Z_OK else {
            stream.deallocate()
            throw Failed()
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// What is ready to be sent after these bytes: often nothing, and all the rest when they are the last.
    mutating func compress(_ bytes: [UInt8], isLast: Bool) throws -> [UInt8] {
        try bytes.withUnsafeBufferPointer { source in
            // zlib only reads from it, though its type says otherwise.
            stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            stream.pointee.avail_in = UInt32(source.count)
            var output: [UInt8] = []
            repeat { output += try piece(isLast: isLast, room: 32 << 10) } while stream.pointee.avail_out == 0
            return output
        }
    }

    /// The next output, at most so many bytes; when it fills them there is more.
    private func piece(isLast: Bool, room: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(room)
            let status = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
            // Z_BUF_ERROR only says that there was nothing to do.
            guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(status) else { throw Failed() }
            count = room - Int(stream.pointee.avail_out)
        }
    }
}
