// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

enum StandardError {
    /// In one call of the system, so that lines of several threads do not mix; what cannot be written is lost.
    @Sendable static func write(_ line: String) {
        var line = line
        line.withUTF8 { bytes in
            var sent = 0
            while sent < bytes.count {
                let result = systemWrite(2, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
                guard result > 0 else { return }
                sent += result
            }
        }
    }

    private static func systemWrite(_ file: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int {
        #if canImport(Darwin)
        Darwin.write(file, bytes, count)
        #elseif canImport(Musl)
        Musl.write(file, bytes, count)
        #else
        Glibc.write(file, bytes, count)
        #endif
    }
}
