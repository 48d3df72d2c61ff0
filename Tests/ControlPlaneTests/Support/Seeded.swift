// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A small generator whose seed a failure prints (splitmix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension UInt64 {
    /// A new one for each run, or the one that `SCS_TEST_SEED` names, to see a failure again.
    static var testSeed: UInt64 {
        ProcessInfo.processInfo.environment["SCS_TEST_SEED"].flatMap { UInt64($0) } ?? .random(in: 0 ... .max)
    }
}
