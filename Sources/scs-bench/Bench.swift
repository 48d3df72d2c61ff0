// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Starts a server, loads it over real TLS connections, stops it and prints a report in Markdown.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scs-bench",
        abstract: "Measure `scs serve` beside the figures of the upstream API server with etcd.")

    @Option(help: "The binary to measure.") var server: String
    @Option(help: "An empty folder for the server's data; calibration writes there as well.") var data: String
    @Flag(help: "Fewer requests: shows that it works, and rough figures.") var quick = false

    func run() async throws {
        let plan = quick ? Plan.quick : .full
        let machine = Machine.now
        let calibration = try Calibration.measure(folder: data)
        let process = try await ServerProcess.start(server, data: "\(data)/scs")
        defer { process.stop() }
        let load = Load(api: try process.connect(connections: 64), figures: process.figures, plan: plan)
        let empty = try process.figures.memory()
        var results = try await load.requests()
        results += try await load.lists()
        let fanOuts = try await plan.watchers.asyncMap { count in
            try await FanOut(
                api: try process.connect(connections: count + 8), figures: process.figures, watchers: count,
                writes: plan.writes
            ).measure()
        }
        let report = Report(
            machine: machine, calibration: calibration, readyAfter: process.readyAfter, empty: empty,
            peak: try process.figures.memory(), results: results, fanOuts: fanOuts)
        print(report.text)
    }
}

extension Sequence {
    /// The transformed elements, one after the other.
    func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
