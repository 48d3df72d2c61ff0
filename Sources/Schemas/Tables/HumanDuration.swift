// SPDX-License-Identifier: Apache-2.0

/// Writes a length of time as kubectl's tables do: two units at most, fewer the longer it is.
///
/// The steps are those of https://pkg.go.dev/k8s.io/apimachinery/pkg/util/duration#HumanDuration
package func humanDuration(seconds: Int64) -> String {
    // Clocks of two machines may differ by a second.
    if seconds < -1 { return "<invalid>" }
    let minutes = seconds / 60
    let hours = minutes / 60
    let days = hours / 24
    return switch seconds {
    case ..<0: "0s"
    case ..<120: "\(seconds)s"
    case ..<(10 * 60): pair(minutes, "m", seconds % 60, "s")
    case ..<(3 * 3600): "\(minutes)m"
    case ..<(8 * 3600): pair(hours, "h", minutes % 60, "m")
    case ..<(48 * 3600): "\(hours)h"
    case ..<(8 * 86400): pair(days, "d", hours % 24, "h")
    case ..<(2 * 365 * 86400): "\(days)d"
    case ..<(8 * 365 * 86400): pair(days / 365, "y", days % 365, "d")
    default: "\(days / 365)y"
    }
}

private func pair(_ large: Int64, _ unit: String, _ small: Int64, _ smallUnit: String) -> String {
    small == 0 ? "\(large)\(unit)" : "\(large)\(unit)\(small)\(smallUnit)"
}
