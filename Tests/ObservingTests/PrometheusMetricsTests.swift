// SPDX-License-Identifier: Apache-2.0

import Metrics
import Observing
import Testing

@Suite("Metrics as Prometheus reads them")
struct PrometheusMetricsTests {
    let metrics = PrometheusMetrics(labelSetsPerMetric: 2)

    private func lines(_ name: String) -> [String] {
        metrics.text.split(separator: "\n").map(String.init).filter { $0.contains(name) }
    }

    @Test("a counter counts, each label set for itself")
    func counter() {
        Counter(label: "hits_total", dimensions: [("a", "1")], factory: metrics).increment(by: 2)
        Counter(label: "hits_total", dimensions: [("a", "1")], factory: metrics).increment()
        Counter(label: "hits_total", dimensions: [("a", "x\"y\n")], factory: metrics).increment()
        #expect(
            lines("hits_total") == [
                "# TYPE hits_total counter", #"hits_total{a="1"} 3"#, #"hits_total{a="x\"y\n"} 1"#,
            ])
    }

    @Test("a gauge shows the last value")
    func gauge() {
        Gauge(label: "depth", factory: metrics).record(7)
        Gauge(label: "depth", factory: metrics).record(2.5)
        #expect(lines("depth") == ["# TYPE depth gauge", "depth 2.5"])
    }

    @Test("a timer is a histogram of seconds, whose buckets grow")
    func timer() {
        let timer = Timer(label: "pass", factory: metrics)
        timer.recordMilliseconds(3)
        timer.recordSeconds(1)
        timer.recordSeconds(100)
        let lines = lines("pass_seconds")
        #expect(lines.first == "# TYPE pass_seconds histogram")
        #expect(lines.contains(#"pass_seconds_bucket{le="0.0025"} 0"#))
        #expect(lines.contains(#"pass_seconds_bucket{le="0.005"} 1"#))
        #expect(lines.contains(#"pass_seconds_bucket{le="1"} 2"#))
        #expect(lines.contains(#"pass_seconds_bucket{le="+Inf"} 3"#))
        #expect(lines.suffix(2) == ["pass_seconds_sum 101.003", "pass_seconds_count 3"])
    }

    @Test("label sets beyond the limit are counted as other")
    func bounded() {
        for value in 0..<10 {
            Counter(label: "many", dimensions: [("name", "\(value)")], factory: metrics).increment()
        }
        #expect(
            lines("many{") == [#"many{name="0"} 1"#, #"many{name="1"} 1"#, #"many{name="other"} 8"#])
    }

    @Test("a name keeps its first type")
    func conflict() {
        Counter(label: "thing", factory: metrics).increment()
        Gauge(label: "thing", factory: metrics).record(5)
        #expect(lines("thing") == ["# TYPE thing counter", "thing 1"])
    }

    @Test("the process shows its own use", .enabled(if: PrometheusMetricsTests.hasProc))
    func process() throws {
        for name in ["process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds"] {
            let value = try #require(lines(name).last?.split(separator: " ").last.flatMap { Double($0) })
            #expect(value > 0)
        }
        let start = try #require(lines("process_start_time_seconds").last?.split(separator: " ").last)
        #expect(try #require(Double(start)) > 1_700_000_000)
    }

    private static var hasProc: Bool {
        #if os(Linux)
        true
        #else
        false
        #endif
    }
}
