// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The figures as Markdown.
struct Report {
    var machine: Machine
    var calibration: Calibration
    var readyAfter: Duration
    var empty: ProcessFigures.Memory
    var peak: ProcessFigures.Memory
    var results: [Sample]
    var fanOuts: [FanOut.Result]

    var text: String { [conditions, targets, requests, lists, watches].joined(separator: "\n\n") }

    private var conditions: String {
        """
        Taken on \(machine.date) on \(machine.processors) processors (\(machine.model)) with \
        \(machine.memory >> 30) GiB of memory; load average before the start: \(machine.loadAverage). The load \
        generator shares the processors with the server.

        | | |
        |---|---|
        | ready after | \(number(readyAfter.milliseconds)) ms |
        | memory when empty | \(megabytes(empty.resident)) MB |
        | memory with 11 000 objects and 1 000 watches, peak | \(megabytes(peak.peak)) MB |
        | this machine: SHA-256 of 64 MiB | \(number(calibration.hashing.milliseconds)) ms |
        | this machine: append 8 KiB and fdatasync | \(number(calibration.syncs))/s |
        """
    }

    private var targets: String {
        let requests = ["create", "update status", "get", "list of 10 000"].map { name in
            (
                "processor time: \(name)", name, sample(name)?.processorMicroseconds ?? .nan,
                Upstream.processor[name] ?? .nan, "µs"
            )
        }
        let memory = [
            ("memory: empty", "empty", Double(empty.resident), Upstream.emptyMemory, "KB"),
            ("memory: peak", "peak", Double(peak.peak), Upstream.peakMemory, "KB"),
        ]
        let rows = (requests + memory).map { title, key, ours, theirs, unit in
            let (ratio, target) = (theirs / ours, Upstream.targets[key] ?? .nan)
            return "| \(title) | \(number(ours)) \(unit) | \(number(theirs)) \(unit) | 1/\(number(ratio)) "
                + "| 1/\(number(target)) | \(ratio >= target ? "yes" : "no") |"
        }
        return table("| | ours | upstream with etcd | ratio | target | met |", rows, title: "Where the targets stand")
    }

    private var requests: String {
        let names = ["empty route", "create", "get", "update status", "merge-patch status"]
        let rows = names.compactMap { name -> String? in
            guard let sixteen = sample(name) else { return nil }
            let rates = [1, 16, 64].map { number(sample(name, at: $0)?.rate ?? .nan) }
            let upstream = Upstream.processor[name] ?? .nan
            return "| \(name) | \(rates.joined(separator: " | ")) | \(number(Upstream.rate[name] ?? .nan)) "
                + "| \(spread(sixteen.latencies)) | \(number(sixteen.processorMicroseconds)) | \(number(upstream)) "
                + "| 1/\(number(upstream / sixteen.processorMicroseconds)) |"
        }
        return table(
            "| | /s at 1 | /s at 16 | /s at 64 | upstream /s at 16 | p50 / p99 ms at 16 | server µs per request at 16 "
                + "| upstream µs | ratio |",
            rows, title: "Requests")
    }

    private var lists: String {
        let rows = results.filter { $0.name.hasPrefix("list") }.map { sample in
            let upstream = Upstream.lists[sample.name].map(number) ?? "–"
            let processor = Upstream.processor[sample.name].map { number($0 / 1_000) } ?? "–"
            return "| \(sample.name) | \(number(Double(sample.bytes) / 1e6)) MB "
                + "| \(number(sample.percentile(0.5).milliseconds)) | \(upstream) "
                + "| \(number(sample.processorMicroseconds / 1_000)) | \(processor) |"
        }
        return table(
            "| | size | median ms | upstream ms | server ms of processor | upstream |", rows, title: "Lists")
    }

    private var watches: String {
        let rows = fanOuts.map { result in
            "| \(result.watchers) | \(number(result.openAfter.milliseconds)) | \(spread(result.fromSend)) "
                + "| \(spread(result.fromAnswer)) | \(Upstream.fanOutFromAnswer[result.watchers] ?? "–") "
                + "| \(number(result.processorMicrosecondsPerEvent)) "
                + "| \(Upstream.fanOutProcessor[result.watchers].map(number) ?? "–") | \(result.lost) "
                + "| \(megabytes(result.memory.resident)) |"
        }
        return table(
            "| watchers | all open after ms | send → receipt p50 / p99 ms | answer → receipt p50 / p99 ms | upstream "
                + "| server µs per event | upstream µs | events lost | memory with all open, MB |",
            rows, title: "Watches, one object written ten times a second")
    }
}

extension Report {
    private func sample(_ name: String, at concurrency: Int? = nil) -> Sample? {
        let wanted = concurrency ?? (name.hasPrefix("list") ? 1 : 16)
        return results.first { $0.name == name && $0.concurrency == wanted }
    }

    private func table(_ head: String, _ rows: [String], title: String) -> String {
        let rule = "|" + String(repeating: "---|", count: head.filter { $0 == "|" }.count - 1)
        return (["### \(title)", "", head, rule] + rows).joined(separator: "\n")
    }

    private func spread(_ latencies: [Duration]) -> String {
        "\(number(latencies.percentile(0.5).milliseconds)) / \(number(latencies.percentile(0.99).milliseconds))"
    }

    private func megabytes(_ kilobytes: Int) -> String { number(Double(kilobytes) / 1_000) }

    /// Three significant digits are more than the figures deserve.
    private func number(_ value: Double) -> String { String(format: value < 10 ? "%.1f" : "%.0f", value) }
}
