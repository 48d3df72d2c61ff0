// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Serving
import Stores

/// The body of a watch: a line an event, as it happens, until the time is over or the client leaves.
struct WatchBody: Sendable {
    let watch: ObjectWatch
    let presenter: Presenter
    let wantsBookmarks: Bool
    let timeout: Duration
    let clock: any Clock<Duration>
    let shared: SharedEvents

    /// Writes events until the watch ends; what was missed is told by an `ERROR` event.
    func send(to writer: any ResponseWriter) async throws {
        try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask { try await follow(writer) }
            group.addTask {
                try await clock.sleep(for: timeout)
                return .timedOut
            }
            let first = try await group.next()
            group.cancelAll()
            guard wantsBookmarks else { return }
            switch first {
            case .timedOut:
                guard case .stopped(isClean: true)? = try await group.next() else { return }
                try await writer.write(bookmark())
            // The server stops: the client resumes elsewhere, from here.
            case .stopped(isClean: true): writer.leave(bookmark())
            case .stopped, nil: return
            }
        }
    }

    private enum Ending: Sendable {
        case timedOut
        /// Clean when everything up to the watch's position was written.
        case stopped(isClean: Bool)
    }

    private func follow(_ writer: any ResponseWriter) async throws -> Ending {
        var lines = EventLines(self)
        try await sendInitial(&lines, writer)
        var changes = watch.changes.makeAsyncIterator()
        do {
            while let batch = try await changes.next() {
                let bytes =
                    batch.isEmpty ? (wantsBookmarks ? bookmark() : []) : try lines.events(batch, as: watch.served)
                guard !bytes.isEmpty else { continue }
                do { try await writer.write(bytes) } catch is CancellationError { return .stopped(isClean: false) }
            }
        } catch is CancellationError {
            return .stopped(isClean: true)
        } catch StoreError.expired(let oldest) {
            let error = APIError.tooOld(watch.changes.position, oldest: oldest)
            try await writer.write(Self.line("ERROR", error.tree.bytes))
        }
        return .stopped(isClean: false)
    }

    /// What is there at the beginning, in pieces, each when the connection can take it.
    private func sendInitial(_ lines: inout EventLines, _ writer: any ResponseWriter) async throws {
        var output: [UInt8] = []
        for item in watch.initial {
            output.append(contentsOf: try lines.line(.added, item))
            guard output.count >= ListBody.chunk else { continue }
            try await writer.write(output)
            output.removeAll(keepingCapacity: true)
        }
        if watch.saysInitialEnd { output.append(contentsOf: bookmark(endsInitial: true)) }
        if !output.isEmpty { try await writer.write(output) }
    }

    /// How far the watch is; the end of the initial events is marked by an annotation.
    private func bookmark(endsInitial: Bool = false) -> [UInt8] {
        let revision = watch.changes.position
        var metadata: JSON = ["resourceVersion": .string(String(revision.value))]
        if endsInitial { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
        guard case .table(let version) = presenter.form else {
            let isWhole = presenter.form == .objects
            let tree: JSON = [
                "kind": isWhole ? .string(presenter.served.kind.names.kind) : "PartialObjectMetadata",
                "apiVersion": isWhole ? .string(presenter.served.apiVersion) : "meta.k8s.io/v1", "metadata": metadata,
            ]
            return Self.line("BOOKMARK", tree.bytes)
        }
        let page = ObjectPage(items: [], revision: revision)
        let head = TableHead(presenter.served, version).bytes(page, withColumns: false)
        return Self.line("BOOKMARK", head + presenter.bookmarkRow(metadata).bytes + Array("]}".utf8))
    }

    static func line(_ type: String, _ object: [UInt8]) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(object.count + 40)
        line.append(contentsOf: #"{"type":"\#(type)","object":"#.utf8)
        line.append(contentsOf: object)
        line.append(contentsOf: "}\n".utf8)
        return line
    }

    /// A watch whose beginning is forgotten: one `ERROR` event, as clients of Kubernetes expect it.
    static func expired(_ error: APIError) -> Response.Body { .bytes(line("ERROR", error.tree.bytes)) }
}

/// Makes the lines of one watch.
private struct EventLines {
    private let watch: ObjectWatch
    private var presenter: Presenter
    private let shared: SharedEvents
    private var hasColumns = false

    init(_ body: WatchBody) {
        watch = body.watch
        presenter = body.presenter
        shared = body.shared
    }

    mutating func events(_ batch: [CacheEvent], as served: ServedResource) throws -> [UInt8] {
        presenter.served = served
        var output: [UInt8] = []
        for change in batch {
            guard let event = try watch.event(change, as: served) else { continue }
            let line = try sharedLine(event)
            // The bytes of a lone event go out as they are, uncopied.
            if output.isEmpty { output = line } else { output.append(contentsOf: line) }
        }
        return output
    }

    private mutating func sharedLine(_ event: ObjectWatch.Event) throws -> [UInt8] {
        guard presenter.isPlain else { return try line(event.action, event.stored) }
        let key = SharedEvents.Key(
            resource: presenter.served.resource, revision: event.stored.revision, action: event.action)
        if let known = shared.line(key) { return known }
        let line = try line(event.action, event.stored)
        shared.keep(line, key)
        return line
    }

    mutating func line(_ action: ObjectWatch.Action, _ stored: Stored) throws -> [UInt8] {
        var object: [UInt8] = []
        if case .table(let version) = presenter.form {
            let page = ObjectPage(items: [], revision: stored.revision)
            object = TableHead(presenter.served, version).bytes(page, withColumns: !hasColumns)
            hasColumns = true
            try presenter.append(stored, to: &object)
            object.append(contentsOf: "]}".utf8)
        } else {
            try presenter.append(stored, to: &object)
        }
        return WatchBody.line(action.rawValue, object)
    }
}
