// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import RESTClient
import Resources

/// Reads a watch's answer: one JSON document a line, each an event.
///
/// https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
actor RemoteWatch {
    private var chunks: any AsyncIteratorProtocol<[UInt8], any Error>
    private var lines = LineSplitter()
    private let object: @Sendable (JSON) -> Object

    init(_ chunks: sending RESTChunks, object: @escaping @Sendable (JSON) -> Object) {
        self.chunks = chunks.makeAsyncIterator()
        self.object = object
    }

    /// The next event; nothing when the server has ended the watch; throws what an `ERROR` event tells.
    func next() async throws -> WatchEvent? {
        while true {
            while let line = lines.next() {
                if let event = try event(line) { return event }
            }
            guard let chunk = try await chunk() else { return nil }
            lines.add(chunk)
        }
    }

    private func chunk() async throws -> [UInt8]? {
        var chunks = chunks
        defer { self.chunks = chunks }
        do {
            return try await chunks.next(isolation: #isolation)
        } catch let error as RESTError {
            throw APIError(error)
        }
    }

    private func event(_ line: [UInt8]) throws -> WatchEvent? {
        let tree: JSON
        do throws(JSONError) {
            tree = try JSON(parsing: line, limits: .stored)
        } catch {
            throw APIError(.internalError, "an event of the watch is not JSON: \(error)", underlying: error)
        }
        let body = tree["object"] ?? [:]
        switch tree["type"]?.string {
        case "ADDED": return .added(object(body))
        case "MODIFIED": return .modified(object(body))
        case "DELETED": return .deleted(object(body))
        case "BOOKMARK": return .bookmark(resourceVersion: body["metadata"]?["resourceVersion"]?.string ?? "")
        case "ERROR": throw APIError(tree: body) ?? APIError(.internalError, "the watch ended with an error")
        // A type of a later version of the protocol.
        default: return nil
        }
    }
}

/// Cuts bytes into lines as they arrive; empty lines are left out.
struct LineSplitter: Sendable {
    private var buffer: [UInt8] = []
    /// Where the next line begins, and up to where no end of it was found.
    private var start = 0
    private var searched = 0

    mutating func add(_ chunk: [UInt8]) {
        buffer.removeFirst(start)
        searched -= start
        start = 0
        buffer += chunk
    }

    /// The next whole line.
    mutating func next() -> [UInt8]? {
        while let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = buffer[start..<end]
            start = end + 1
            searched = start
            if !line.isEmpty { return Array(line) }
        }
        searched = buffer.count
        return nil
    }
}
