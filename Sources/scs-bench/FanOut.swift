// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RESTClient
import Synchronization

/// One object is written ten times a second while many connections watch it.
struct FanOut: Sendable {
    let api: API
    let figures: ProcessFigures
    let watchers: Int
    let writes: Int

    private static let subject = Subject(namespace: "watched")

    struct Result: Sendable {
        var watchers: Int
        /// From sending a write to receiving its event; from the write's answer to the event, no less than zero.
        var fromSend: [Duration]
        var fromAnswer: [Duration]
        var openAfter: Duration
        var processor: Duration
        var lost: Int
        /// The server's memory with all watches open, in kilobytes.
        var memory: ProcessFigures.Memory

        var processorMicrosecondsPerEvent: Double { processor.seconds * 1e6 / Double(max(fromSend.count, 1)) }
    }

    private struct Receipt: Sendable {
        var write: Int
        var time: ContinuousClock.Instant
    }

    private struct Write: Sendable {
        var sent: ContinuousClock.Instant
        var answered: ContinuousClock.Instant
    }

    func measure() async throws -> Result {
        if try await api.send(.get, Self.subject.path(0)).status == 404 {
            try await Self.subject.prepare(api)
            _ = try await api.expect(.post, Self.subject.collection, body: Self.subject.body(0))
        }
        let version = try await api.expect(.get, Self.subject.collection).text(of: "resourceVersion") ?? ""
        let opened = Counter()
        return try await withThrowingTaskGroup(of: [Receipt].self) { group in
            let start = ContinuousClock.now
            for _ in 0..<watchers { group.addTask { try await watch(from: version, opened) } }
            while opened.count < watchers { try await pause(1) }
            let openAfter = ContinuousClock.now - start
            let memory = try figures.memory()
            let before = try figures.processorTime()
            let writes = try await write()
            let receipts = try await group.reduce(into: []) { $0 += $1 }
            return Result(
                watchers: watchers, fromSend: receipts.map { $0.time - writes[$0.write].sent },
                fromAnswer: receipts.map { max(.zero, $0.time - writes[$0.write].answered) }, openAfter: openAfter,
                processor: try figures.processorTime() - before, lost: watchers * writes.count - receipts.count,
                memory: memory)
        }
    }

    private func write() async throws -> [Write] {
        var writes: [Write] = []
        for number in 0..<self.writes {
            let sent = ContinuousClock.now
            _ = try await api.expect(
                .patch, Self.subject.path(0), type: "application/merge-patch+json",
                body: Subject.change("\(number)"))
            writes.append(Write(sent: sent, answered: .now))
            try await ContinuousClock().sleep(until: sent + .milliseconds(100))
        }
        // Whoever has not seen it by now has lost it; this one ends the watches.
        try await pause(2_000)
        _ = try await api.expect(
            .patch, Self.subject.path(0), type: "application/merge-patch+json",
            body: Subject.change("end"))
        return writes
    }

    /// The events of one watch until the write that ends it, each write once.
    private func watch(from version: String, _ opened: Counter) async throws -> [Receipt] {
        let path = "\(Self.subject.collection)?watch=true&resourceVersion=\(version)"
        let (head, chunks) = try await api.transport.stream(api.request(.get, path))
        guard head.status == 200 else { throw API.Unexpected(request: "GET \(path)", status: head.status, body: "") }
        opened.increment()
        var receipts: [Receipt] = []
        var line: [UInt8] = []
        let mark = Array("\"write-".utf8)
        for try await chunk in chunks {
            let time = ContinuousClock.now
            line += chunk
            while let end = line.firstIndex(of: UInt8(ascii: "\n")) {
                defer { line.removeSubrange(...end) }
                guard let range = line[..<end].firstRange(of: mark) else { continue }
                let word = String(decoding: line[range.upperBound...].prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self)
                guard let number = Int(word) else { return receipts }
                if receipts.last?.write != number { receipts.append(Receipt(write: number, time: time)) }
            }
        }
        return receipts
    }

    private func pause(_ milliseconds: Int) async throws {
        try await ContinuousClock().sleep(for: .milliseconds(milliseconds))
    }
}

/// Counts over tasks.
private final class Counter: Sendable {
    private let value = Atomic(0)

    var count: Int { value.load(ordering: .relaxed) }
    func increment() { value.add(1, ordering: .relaxed) }
}
