// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What the kernel knows of this process, under the names that every Prometheus dashboard expects.
///
/// https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics
enum ProcessMetrics {
    /// The kernel counts time in hundredths of a second in /proc, whatever its own clock.
    private static let ticksPerSecond = 100.0

    /// Empty where there is no /proc.
    static var text: String {
        var text = ""
        let stat = read("/proc/self/stat").map(fields) ?? []
        if stat.count > 19, let user = Double(stat[11]), let system = Double(stat[12]), let start = Double(stat[19]) {
            text += line("process_cpu_seconds_total", "counter", (user + system) / ticksPerSecond)
            if let boot = number("btime", in: "/proc/stat") {
                text += line("process_start_time_seconds", "gauge", boot + start / ticksPerSecond)
            }
        }
        if let memory = number("VmRSS:", in: "/proc/self/status") {
            text += line("process_resident_memory_bytes", "gauge", memory * 1024)
        }
        if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
            text += line("process_open_fds", "gauge", Double(files))
        }
        return text
    }

    private static func line(_ name: String, _ type: String, _ value: Double) -> String {
        "# TYPE \(name) \(type)\n\(name) \(MetricFamily.print(value))\n"
    }

    private static func read(_ path: String) -> String? {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What follows the command's name, which may hold spaces and brackets itself: the state comes first.
    private static func fields(_ stat: String) -> [Substring] {
        guard let end = stat.lastIndex(of: ")") else { return [] }
        return stat[stat.index(after: end)...].split(separator: " ")
    }

    private static func number(_ key: String, in path: String) -> Double? {
        let line = read(path)?.split(separator: "\n").first { $0.hasPrefix(key) }
        return line?.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Double($0) }
    }
}
