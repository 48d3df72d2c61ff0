// SPDX-License-Identifier: Apache-2.0

import RESTClient
import Synchronization

/// Answers each request with the next line of its script; remembers what was asked.
final class ScriptedTransport: RESTTransport {
    enum Line: Sendable {
        case answer(RESTResponse)
        case failure(RESTError.Code)
        case cancelled

        static func status(_ status: Int) -> Line { .answer(RESTResponse(status: status)) }
    }

    private let state: Mutex<(script: [Line], requests: [RESTRequest])>

    init(_ script: [Line]) { state = Mutex((script, [])) }

    var requests: [RESTRequest] { state.withLock { $0.requests } }

    func send(_ request: RESTRequest) async throws -> RESTResponse {
        let line = state.withLock { state -> Line? in
            state.requests.append(request)
            return state.script.isEmpty ? nil : state.script.removeFirst()
        }
        switch line {
        case .answer(let answer): return answer
        case .failure(let code): throw RESTError(code, "scripted")
        case .cancelled: throw CancellationError()
        case nil: throw RESTError(.notSent, "the script is over")
        }
    }
}
