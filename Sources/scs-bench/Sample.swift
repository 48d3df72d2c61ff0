// SPDX-License-Identifier: Apache-2.0

/// What one phase showed.
struct Sample: Sendable {
    var name: String
    var concurrency: Int
    var latencies: [Duration]
    var elapsed: Duration
    /// The server's processor time over the phase.
    var processor: Duration
    /// The size of one answer, in bytes.
    var bytes = 0

    var count: Int { latencies.count }
    var rate: Double { Double(count) / elapsed.seconds }
    /// The server's processor time per request, in microseconds.
    var processorMicroseconds: Double { processor.seconds * 1e6 / Double(max(count, 1)) }
    func percentile(_ part: Double) -> Duration { latencies.percentile(part) }
}

extension [Duration] {
    /// The value that `part` of all (0 to 1) do not exceed; zero for none.
    func percentile(_ part: Double) -> Duration {
        guard !isEmpty else { return .zero }
        return sorted()[Swift.min(count - 1, Int(Double(count) * part))]
    }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
    var milliseconds: Double { self / .milliseconds(1) }
}
