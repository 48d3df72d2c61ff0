// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import Synchronization

/// Times as HTTP headers have them: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
package enum HTTPDate {
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    /// The newest text: all answers of a second have the same.
    private static let last = Mutex<(second: Double, text: String)>((.nan, ""))

    package static func text(of date: Date) -> String {
        let second = date.timeIntervalSince1970.rounded(.down)
        return last.withLock { last in
            if last.second != second { last = (second, spelled(date)) }
            return last.text
        }
    }

    private static func spelled(_ date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
        func digits(_ number: Int?) -> String {
            let text = String(number ?? 0)
            return text.count < 2 ? "0" + text : text
        }
        let weekday = weekdays[(parts.weekday ?? 1) - 1]
        let day = "\(digits(parts.day)) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 0)"
        return "\(weekday), \(day) \(digits(parts.hour)):\(digits(parts.minute)):\(digits(parts.second)) GMT"
    }
}
