// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Serving
import Synchronization

/// Takes requests: finds the route, checks the token, lets the state answer, and spoils what a fault says.
final class SiteEngine: RequestHandler {
    private let settings: SiteSettings
    private let state: Mutex<SiteState>
    private let faults = Mutex(Faults())
    private let journal = Mutex(Journal())

    init(_ settings: SiteSettings) {
        self.settings = settings
        state = Mutex(SiteState(settings: settings))
    }

    func respond(to request: Request) async -> Response {
        guard let bytes = try? await request.body.collect(4 << 20) else { return render(Answer(413), request) }
        let method = request.method.rawValue
        let fault = faults.withLock { $0.take(method, request.path) }
        switch fault {
        case .latency(let duration): try? await settings.clock.sleep(for: duration)
        case .blackHole:
            note(request, nil, 0)
            return await silence()
        default: break
        }
        let response = answer(request, bytes, fault)
        if case .heldAnswer = fault { return await silence() }
        return response
    }

    /// Until the client gives up.
    private func silence() async -> Response {
        while !Task.isCancelled { try? await settings.clock.sleep(for: .seconds(3600)) }
        return .broken
    }

    private func answer(_ request: Request, _ bytes: [UInt8], _ fault: Fault.Effect?) -> Response {
        let (answer, token) = state.withLock { state in
            let now = settings.now()
            state.advance(to: now)
            var call = Call(request, bytes, now: now)
            if request.method != .get, request.method != .head { state.changes += 1 }
            call.token = state.identity.tokens[call.headers["x-auth-token"] ?? ""].flatMap {
                $0.expires > now ? $0 : nil
            }
            return (perform(call, in: &state, fault), call.token)
        }
        note(request, token?.project, answer?.status ?? 0)
        return answer.map { render($0, request) } ?? .broken
    }

    /// Nil when the client is to get no answer.
    private func perform(_ call: Call, in state: inout SiteState, _ fault: Fault.Effect?) -> Answer? {
        let path = call.path.split(separator: "/")
        for route in Route.all {
            guard let parameters = route.match(call.method, path) else { continue }
            var call = call
            call.parameters = parameters
            if let refusal = Fault.refusal(fault, call, in: &state) ?? Self.refusal(call, route) { return refusal }
            if case .lateSuccess(let duration) = fault {
                state.late.append((call.now.advanced(by: duration), call, route))
                return nil
            }
            return Fault.spoil(Self.run(route, call, in: &state), fault)
        }
        journal.withLock { $0.unrecorded.append("\(call.method) \(call.path)") }
        return Answer(501, ["error": ["code": 501, "message": "never recorded: see testbed/record"]])
    }

    private static func run(_ route: Route, _ call: Call, in state: inout SiteState) -> Answer {
        do {
            return try route.run(&state, call)
        } catch {
            return error.answer
        }
    }

    /// What stands between every call and its operation: the token, and the microversion.
    private static func refusal(_ call: Call, _ route: Route) -> Answer? {
        guard let service = call.path.split(separator: "/").first.map(String.init) else { return nil }
        if route.needsToken, call.token == nil { return Answer(recorded: "\(service).unauthorized") }
        let version = call.headers["openstack-api-version"]?.split(separator: " ") ?? []
        if service == "volume", let first = version.first, first != "volume" {
            return Answer(recorded: "volume.foreignversion")
        }
        if service == "compute", version.first == "compute", let number = version.last?.split(separator: ".").last,
            (Int(number) ?? 0) > 93
        {
            return Answer(recorded: "compute.toonew")
        }
        return nil
    }

    private func note(_ request: Request, _ project: String?, _ status: Int) {
        let call = SiteCall(
            method: request.method.rawValue, path: request.path, query: request.query, project: project, status: status)
        journal.withLock { $0.calls.append(call) }
    }
}

extension SiteEngine {
    func add(_ fault: Fault) { faults.withLock { $0.add(fault) } }

    func clearFaults() { faults.withLock { $0.clear() } }

    var calls: [SiteCall] { journal.withLock { $0.calls } }

    func forgetCalls() { journal.withLock { $0.calls = [] } }

    var unrecorded: [String] { journal.withLock { $0.unrecorded } }

    /// What it knows, when that may have changed since the given count of changes.
    func memory(since changes: Int?) -> (memory: SiteMemory, changes: Int)? {
        state.withLock { state in
            guard state.changes != changes else { return nil }
            return (SiteMemory(state), state.changes)
        }
    }

    func remember(_ memory: SiteMemory) { state.withLock { memory.restore(&$0) } }

    var inventory: [SiteThing] {
        state.withLock { state in
            state.advance(to: settings.now())
            return state.inventory
        }
    }

    private func render(_ answer: Answer, _ request: Request) -> Response {
        var headers = HTTPFields()
        let id = "req-\(request.id)"
        for (name, value) in answer.headers { headers[name] = value }
        headers["X-Openstack-Request-Id"] = id
        headers["Date"] = HTTPDate.text(of: settings.now())
        let base = "http://\(request.authority)"
        var text = answer.text ?? (answer.body.isNull ? "" : answer.body.text)
        text = text.replacing("{base}", with: base)
        if !text.isEmpty {
            headers[.contentType] = answer.text == nil ? "application/json" : "text/html; charset=UTF-8"
        }
        return Response(
            status: HTTPResponse.Status(code: answer.status), headers: headers, body: .bytes(Array(text.utf8)))
    }
}

extension HTTPFields {
    fileprivate subscript(name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue } }
    }
}

extension Response {
    /// No answer: the connection ends where one should be.
    fileprivate static let broken = Response(status: .ok, body: .stream { _ in throw CancellationError() })
}
