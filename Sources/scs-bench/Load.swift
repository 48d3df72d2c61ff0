// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// The phases of single requests, in a closed loop: a worker sends its next request when the last is answered.
struct Load: Sendable {
    let api: API
    let figures: ProcessFigures
    let plan: PlanLimits
    let objects: Subject
    private let creates: [(concurrency: Int, count: Int)]

    /// The parts of a plan that workers read.
    struct PlanLimits: Sendable {
        var span: Duration
        var objects: Int
        var lists: Int
    }

    init(api: API, figures: ProcessFigures, plan: Plan) {
        self.api = api
        self.figures = figures
        self.plan = PlanLimits(span: plan.span, objects: plan.objects, lists: plan.lists)
        objects = Subject(namespace: "load")
        creates = plan.creates
    }

    /// Creates, gets, status updates and merge patches, and the empty route, at each concurrency.
    func requests() async throws -> [Sample] {
        try await Subject.prepare(api)
        try await objects.prepare(api)
        _ = try await repeated("warm up", 16) { _, _ in _ = try await api.expect(.get, "livez") }
        var samples: [Sample] = []
        var first = 0
        for (concurrency, count) in creates {
            samples.append(try await create(in: objects, first..<(first + count), concurrency))
            first += count
        }
        for (concurrency, _) in creates {
            samples.append(
                try await repeated("empty route", concurrency) { _, _ in _ = try await api.expect(.get, "livez") })
            samples.append(try await repeated("get", concurrency) { index, _ in try await get(index) })
            samples.append(try await replaceStatus(concurrency))
            samples.append(try await repeated("merge-patch status", concurrency, patchStatus))
        }
        return samples
    }

    func create(in subject: Subject, _ range: Range<Int>, _ concurrency: Int) async throws -> Sample {
        try await phase("create", concurrency) { worker, latencies in
            for index in stride(from: range.lowerBound + worker, to: range.upperBound, by: concurrency) {
                try await latencies.time {
                    _ = try await api.expect(.post, subject.collection, body: subject.body(index))
                }
            }
        }
    }

    private func get(_ index: Int) async throws { _ = try await api.expect(.get, objects.path(index)) }

    /// Each worker writes one object of its own, with the version that its last write returned.
    private func replaceStatus(_ concurrency: Int) async throws -> Sample {
        let end = ContinuousClock.now + plan.span
        return try await phase("update status", concurrency) { worker, latencies in
            let path = objects.path(worker)
            var version = try await api.expect(.get, path).text(of: "resourceVersion")
            var turn = 0
            while ContinuousClock.now < end {
                turn += 1
                let body = objects.body(worker, version: version, status: objects.status(turn))
                try await latencies.time {
                    version = try await api.expect(.put, "\(path)/status", body: body).text(of: "resourceVersion")
                }
            }
        }
    }

    private func patchStatus(_ index: Int, _ turn: Int) async throws {
        _ = try await api.expect(
            .patch, "\(objects.path(index))/status", type: "application/merge-patch+json",
            body: #"{"status":\#(objects.status(turn))}"#)
    }

    /// Sends requests for the plan's span; each worker has objects of its own and goes round among them.
    private func repeated(
        _ name: String, _ concurrency: Int, _ send: @escaping @Sendable (_ index: Int, _ turn: Int) async throws -> Void
    ) async throws -> Sample {
        let end = ContinuousClock.now + plan.span
        return try await phase(name, concurrency) { worker, latencies in
            var turn = 0
            while ContinuousClock.now < end {
                let index = (worker + turn * concurrency) % plan.objects
                turn += 1
                try await latencies.time { try await send(index, turn) }
            }
        }
    }

    func phase(
        _ name: String, _ concurrency: Int, _ work: @escaping @Sendable (Int, inout Latencies) async throws -> Void
    ) async throws -> Sample {
        let (start, before) = (ContinuousClock.now, try figures.processorTime())
        let latencies = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for worker in 0..<concurrency {
                group.addTask {
                    var latencies = Latencies()
                    try await work(worker, &latencies)
                    return latencies.values
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return Sample(
            name: name, concurrency: concurrency, latencies: latencies, elapsed: ContinuousClock.now - start,
            processor: try figures.processorTime() - before)
    }
}

/// How long each request of a worker took.
struct Latencies: Sendable {
    private(set) var values: [Duration] = []

    mutating func time(_ request: () async throws -> Void) async throws {
        let start = ContinuousClock.now
        try await request()
        values.append(ContinuousClock.now - start)
    }
}
