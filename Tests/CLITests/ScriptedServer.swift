// SPDX-License-Identifier: Apache-2.0

import Clients
import HTTPTypes
import JSONTree
import Kubernetes
import RESTClient
import Resources
import Synchronization

@testable import CLI

/// A server that answers by method and path, in the order of its script; the last answer of a path stays.
final class ScriptedServer: StreamingTransport {
    private struct State {
        var answers: [String: [(status: Int, body: String)]] = [:]
        var requests: [RESTRequest] = []
        var lines: [String] = []
        var notes: [String] = []
    }

    private let state = Mutex(State())

    init() {
        answer("GET /api", #"{"kind":"APIGroupDiscoveryList","items":[]}"#)
        answer(
            "GET /apis",
            """
            {"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"compute.test"},"versions":[{"version":"v1",\
            "resources":[{"resource":"vms","responseKind":{"kind":"VM"},"scope":"Namespaced","singularResource":"vm",\
            "shortNames":["v"],"verbs":["list"],"subresources":[{"subresource":"status"}]}]}]}]}
            """)
    }

    func answer(_ request: String, _ body: String, status: Int = 200) {
        state.withLock { $0.answers[request, default: []].append((status, body)) }
    }

    var lines: [String] { state.withLock(\.lines) }
    var notes: [String] { state.withLock(\.notes) }
    var requests: [RESTRequest] { state.withLock(\.requests) }

    /// The bodies that were sent with a method.
    func bodies(_ method: String) -> [String] {
        requests.filter { $0.method.rawValue == method }.map { String(decoding: $0.body, as: UTF8.self) }
    }

    func send(_ request: RESTRequest) async throws -> RESTResponse {
        let isWatch = request.url.contains("watch=1")
        let name = "\(isWatch ? "WATCH" : request.method.rawValue) \(request.path)"
        let answer = state.withLock { state -> (status: Int, body: String)? in
            state.requests.append(request)
            let answers = state.answers[name] ?? []
            if answers.count > 1 { state.answers[name]?.removeFirst() }
            return answers.first
        }
        guard let answer else { throw RESTError(.notSent, "the script has no \(name)") }
        return RESTResponse(status: answer.status, body: Array(answer.body.utf8))
    }

    func stream(_ request: RESTRequest) async throws -> (head: RESTResponse, chunks: RESTChunks) {
        let response = try await send(request)
        let chunks = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(response.body)
            continuation.finish()
        }
        return (RESTResponse(status: response.status), chunks)
    }

    func session(time: Timekeeper = .system) -> Session {
        let terminal = Terminal(
            line: { line in self.state.withLock { $0.lines.append(line) } },
            note: { note in self.state.withLock { $0.notes.append(note) } })
        let client = RemoteClient(self, server: "https://scs.test", paths: .only(organization: ""))
        return Session(client: client, namespace: "demo", terminal: terminal, time: time)
    }
}
