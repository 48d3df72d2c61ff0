// SPDX-License-Identifier: Apache-2.0

import Metrics
import Synchronization

/// How often values fell where, with fixed bounds that suit seconds.
struct Histogram: Sendable {
    static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    /// One more than bounds: the last is for all that is larger.
    private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    private(set) var sum = 0.0

    mutating func add(_ value: Double) {
        counts[Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count] += 1
        sum += value
    }
}

/// The numbers of one label set.
final class MetricSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler {
    private let number = Mutex(0.0)
    private let spread = Mutex(Histogram())

    var value: Double { number.withLock { $0 } }
    var histogram: Histogram { spread.withLock { $0 } }

    func add(_ value: Double) { spread.withLock { $0.add(value) } }

    func increment(by amount: Int64) { number.withLock { $0 += Double(amount) } }
    func increment(by amount: Double) { number.withLock { $0 += amount } }
    func decrement(by amount: Double) { number.withLock { $0 -= amount } }
    func set(_ value: Int64) { number.withLock { $0 = Double(value) } }
    func set(_ value: Double) { number.withLock { $0 = value } }
    func reset() { number.withLock { $0 = 0 } }
}

/// A recorder that shows the last value.
final class GaugeRecorder: RecorderHandler {
    private let series: MetricSeries

    init(series: MetricSeries) { self.series = series }

    func record(_ value: Int64) { series.set(value) }
    func record(_ value: Double) { series.set(value) }
}

/// A recorder or timer that shows how its values are spread.
final class HistogramRecorder: RecorderHandler, TimerHandler {
    private let series: MetricSeries

    init(series: MetricSeries) { self.series = series }

    func record(_ value: Int64) { series.add(Double(value)) }
    func record(_ value: Double) { series.add(value) }
    func recordNanoseconds(_ duration: Int64) { series.add(Double(duration) / 1e9) }
}
