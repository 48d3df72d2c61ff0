// SPDX-License-Identifier: Apache-2.0

/// One metric: its type, and a series for each label set.
struct MetricFamily: Sendable {
    enum Kind: Sendable {
        case counter, gauge, histogram
        /// A histogram of seconds.
        case timer
    }

    let kind: Kind
    /// By the label set as it is printed, without braces.
    private var series: [String: MetricSeries] = [:]

    init(kind: Kind) { self.kind = kind }

    /// What Prometheus takes for a name; a timer says its unit.
    static func name(_ label: String, _ kind: Kind) -> String {
        let name = String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ":") ? $0 : "_" })
        return kind == .timer && !name.hasSuffix("_seconds") ? name + "_seconds" : name
    }

    mutating func series(_ labels: [(String, String)], limit: Int) -> MetricSeries {
        let key = Self.print(labels)
        if let known = series[key] { return known }
        let bounded = series.count < limit ? key : Self.print(labels.map { ($0.0, "other") })
        let found = series[bounded] ?? MetricSeries()
        series[bounded] = found
        return found
    }

    private static func print(_ labels: [(String, String)]) -> String {
        labels.sorted { $0.0 < $1.0 }.map { key, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(name(key, .gauge))=\"\(escaped)\""
        }.joined(separator: ",")
    }

    func text(name: String) -> String {
        let type =
            switch kind {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram, .timer: "histogram"
            }
        return series.sorted { $0.key < $1.key }.reduce("# TYPE \(name) \(type)\n") { text, entry in
            switch kind {
            case .counter, .gauge: text + line(name, entry.key, Self.print(entry.value.value))
            case .histogram, .timer: text + histogram(name, entry.key, entry.value.histogram)
            }
        }
    }

    private func line(_ name: String, _ labels: String, _ value: String) -> String {
        labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }

    private func histogram(_ name: String, _ labels: String, _ value: Histogram) -> String {
        let prefix = labels.isEmpty ? "" : labels + ","
        var text = ""
        var sum = 0
        for (index, count) in value.counts.enumerated() {
            sum += count
            let bound = index < Histogram.bounds.count ? Self.print(Histogram.bounds[index]) : "+Inf"
            text += line("\(name)_bucket", "\(prefix)le=\"\(bound)\"", String(sum))
        }
        return text + line("\(name)_sum", labels, Self.print(value.sum)) + line("\(name)_count", labels, String(sum))
    }

    static func print(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
