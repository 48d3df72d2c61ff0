// SPDX-License-Identifier: Apache-2.0

package import Metrics
import Synchronization

/// Keeps all metrics of this process and prints them as Prometheus reads them.
///
/// A metric has a bounded number of label sets: further ones are counted under the value `other`, so that no caller fills
/// the memory with names that strangers choose.
package final class PrometheusMetrics: MetricsFactory {
    private let limit: Int
    private let families = Mutex<[String: MetricFamily]>([:])

    package init(labelSetsPerMetric limit: Int = 500) { self.limit = limit }

    /// Everything, in the text format; metrics in the order of their names.
    ///
    /// https://prometheus.io/docs/instrumenting/exposition_formats/
    package var text: String {
        let all = families.withLock { $0 }.sorted { $0.key < $1.key }
        return all.map { $0.value.text(name: $0.key) }.joined() + ProcessMetrics.text
    }

    /// The series of a label set; a name that already has another type gives one that is never shown.
    private func series(_ label: String, _ kind: MetricFamily.Kind, _ labels: [(String, String)]) -> MetricSeries {
        families.withLock { families in
            let name = MetricFamily.name(label, kind)
            var family = families[name] ?? MetricFamily(kind: kind)
            guard family.kind == kind else { return MetricSeries() }
            let series = family.series(labels, limit: limit)
            families[name] = family
            return series
        }
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, .counter, dimensions)
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, .counter, dimensions)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, .gauge, dimensions)
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        aggregate
            ? HistogramRecorder(series: series(label, .histogram, dimensions))
            : GaugeRecorder(series: series(label, .gauge, dimensions))
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        HistogramRecorder(series: series(label, .timer, dimensions))
    }

    // Series stay for as long as the process: a counter that went would look like a restart.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}
}
