// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where and when the figures were taken.
struct Machine {
    var processors: Int
    var memory: UInt64
    var model: String
    /// The load averages over 1, 5 and 15 minutes, before anything was measured.
    var loadAverage: String
    var date: String

    static var now: Machine {
        let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
        let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last ?? "unknown"
        let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? "unknown"
        return Machine(
            processors: ProcessInfo.processInfo.activeProcessorCount, memory: ProcessInfo.processInfo.physicalMemory,
            model: model.trimmingCharacters(in: .whitespaces),
            loadAverage: load.split(separator: " ").prefix(3).joined(separator: " "),
            date: String(Date.now.ISO8601Format().prefix(10)))
    }
}
