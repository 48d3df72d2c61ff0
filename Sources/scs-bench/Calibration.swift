// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation

/// What this machine does without our server, so that figures of two machines can be compared.
struct Calibration {
    /// How long SHA-256 takes over 64 MiB.
    var hashing: Duration
    /// Appends of 8 KiB, each followed by fdatasync, in a second.
    var syncs: Double

    static func measure(folder: String) throws -> Calibration {
        let bytes = [UInt8](repeating: 7, count: 64 << 20)
        let clock = ContinuousClock()
        let hashing = clock.measure { _ = SHA256.hash(data: bytes) }
        return Calibration(hashing: hashing, syncs: try syncs(folder: folder, clock))
    }

    private static func syncs(folder: String, _ clock: ContinuousClock) throws -> Double {
        let url = URL(fileURLWithPath: "\(folder)/calibration")
        try Data().write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let file = try FileHandle(forWritingTo: url)
        let block = Data(repeating: 7, count: 8 << 10)
        let start = clock.now
        var count = 0
        while clock.now - start < .seconds(1) {
            try file.write(contentsOf: block)
            guard fdatasync(file.fileDescriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
            count += 1
        }
        return Double(count) / (clock.now - start).seconds
    }
}
