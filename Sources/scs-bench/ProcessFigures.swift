// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the kernel says of a process.
///
/// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
struct ProcessFigures: Sendable {
    let pid: Int32

    struct Unreadable: Error, CustomStringConvertible {
        let path: String
        var description: String { "\(path) has not the expected form" }
    }

    /// In kilobytes.
    struct Memory {
        var resident: Int
        var peak: Int
    }

    /// Processor time in user and kernel mode since the start, in steps of 10 ms.
    func processorTime() throws -> Duration {
        let path = "/proc/\(pid)/stat"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        // The command's name stands in parentheses and may hold spaces; utime and stime are members 14 and 15.
        let members = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard members.count > 13, let user = Int(members[12]), let system = Int(members[13]) else {
            throw Unreadable(path: path)
        }
        return .milliseconds((user + system) * 1_000 / Int(sysconf(Int32(_SC_CLK_TCK))))
    }

    func memory() throws -> Memory {
        let path = "/proc/\(pid)/status"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        func kilobytes(_ name: String) throws -> Int {
            guard let line = lines.first(where: { $0.hasPrefix(name) }), let number = Int(line.filter(\.isNumber))
            else {
                throw Unreadable(path: path)
            }
            return number
        }
        return Memory(resident: try kilobytes("VmRSS:"), peak: try kilobytes("VmHWM:"))
    }
}
