// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
package import Logging
import Metrics
import Observing

/// Writes one debug line and one measurement for each exchange: method, address, status, time; no header, query or body.
package struct LoggingTransport: RESTTransport {
    private let next: any RESTTransport
    private let logger: Logger
    private let peer: String
    private let clock: any Clock<Duration>

    /// The peer names the other side in metrics: a site's name, of which there are few.
    package init(
        _ next: any RESTTransport, peer: String, logger: Logger, clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.next = next
        self.peer = peer
        self.logger = logger
        self.clock = clock
    }

    package func send(_ request: RESTRequest) async throws -> RESTResponse {
        var result: Result<RESTResponse, any Error> = .failure(CancellationError())
        let elapsed = await clock.measure {
            do { result = .success(try await next.send(request)) } catch { result = .failure(error) }
        }
        let outcome: String =
            switch result {
            case .success(let answer): String(answer.status)
            case .failure(let error as RESTError): "\(error.code)"
            case .failure: "cancelled"
            }
        record(request, outcome: outcome, elapsed: elapsed)
        return try result.get()
    }

    private func record(_ request: RESTRequest, outcome: String, elapsed: Duration) {
        let labels = [("peer", peer), ("method", request.method.rawValue), ("outcome", outcome)]
        Metrics.Timer(label: MetricName.outgoingRequestSeconds, dimensions: labels).record(duration: elapsed)
        logger.debug(
            "outgoing request",
            metadata: [
                LogKey.httpMethod: "\(request.method.rawValue)",
                LogKey.httpAddress: "\(request.origin)\(request.path)",
                LogKey.outcome: "\(outcome)",
                LogKey.duration: "\(elapsed)",
                LogKey.peerName: "\(peer)",
            ])
    }
}
