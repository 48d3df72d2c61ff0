// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RESTClient
import Resources
import Schemas
import Synchronization

/// Sends a review to one webhook; a test puts its own in the place of the network.
protocol WebhookSender: Sendable {
    /// The body of a good answer; throws `WebhookFailure` for everything else.
    func send(_ body: [UInt8], to webhook: PlacedWebhook) async throws -> [UInt8]
}

/// Why a webhook gave no usable answer, as users may read it: never an address, a header or a body.
struct WebhookFailure: Error {
    let message: String
}

/// Calls webhooks over HTTPS.
///
/// - An organization's webhook is resolved once, the address is checked, and the connection goes to that very address.
/// - No redirect is followed, no header of the caller goes along, no answer larger than the limit is read.
/// - A webhook that keeps failing is left alone for some seconds, so that a silent one cannot hold the server's workers.
package final class WebhookCaller: WebhookSender {
    /// How names are looked up and which addresses organizations may reach.
    package struct Settings: Sendable {
        /// What organizations' webhooks may reach; the provider's may reach everything.
        package var reach: WebhookReach
        /// The largest answer, in bytes.
        package var answerLimit: Int
        package var resolve: @Sendable (_ host: String, _ port: Int) async throws -> String

        package init(
            reach: WebhookReach = WebhookReach(), answerLimit: Int = 4 << 20,
            resolve: @escaping @Sendable (_ host: String, _ port: Int) async throws -> String = {
                try await HostLookup.address(of: $0, port: $1)
            }
        ) {
            self.reach = reach
            self.answerLimit = answerLimit
            self.resolve = resolve
        }
    }

    private struct Endpoint: Hashable {
        let organization: String
        let host: String
        let address: String?
        let roots: String?
    }

    /// More than this are closed together.
    private static let mostConnections = 256

    private let settings: Settings
    private let transports = Mutex<[Endpoint: any RESTTransport]>([:])

    /// A caller that has called nobody yet.
    package init(_ settings: Settings = Settings()) { self.settings = settings }

    func send(_ body: [UInt8], to placed: PlacedWebhook) async throws -> [UInt8] {
        let webhook = placed.webhook
        guard let address = WebhookAddress(webhook.url) else {
            throw WebhookFailure(message: "the url must be https://HOST[:PORT][/PATH]")
        }
        let seconds = webhook.timeoutSeconds
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(seconds))
        let transport = try await transport(to: address, of: placed)
        let request = RESTRequest(
            .post, "\(webhook.url)?timeout=\(seconds)s",
            headers: [
                .contentType: "application/json", .accept: "application/json", .userAgent: "scs-admission",
            ], body: body, deadline: max(clock.now.duration(to: end), .milliseconds(1)), isIdempotent: false)
        let answer = try await answer(request, by: transport, seconds)
        guard !(300...399).contains(answer.status) else {
            throw WebhookFailure(message: "it answered with a redirect (\(answer.status)), which is never followed")
        }
        guard answer.status == 200 else { throw WebhookFailure(message: "it answered with status \(answer.status)") }
        return answer.body
    }

    private func answer(
        _ request: RESTRequest, by transport: any RESTTransport, _ seconds: Int64
    ) async throws -> RESTResponse {
        do {
            return try await transport.send(request)
        } catch let error as RESTError {
            let reason =
                switch error.code {
                case .notSent: "it cannot be reached, or shows no certificate that its caBundle vouches for"
                case .lost: "no answer within \(seconds)s (context deadline exceeded), or the connection broke"
                case .circuitOpen: "it failed several times and is left alone for some seconds"
                case .tooLarge: "its answer is larger than \(settings.answerLimit) bytes"
                }
            throw WebhookFailure(message: reason)
        }
    }

    // MARK: Where to

    /// A transport that goes to the address that was checked, and nowhere else.
    private func transport(to url: WebhookAddress, of placed: PlacedWebhook) async throws -> any RESTTransport {
        var address: String?
        if !placed.organization.isEmpty {
            address = try await checkedAddress(of: url)
        }
        let endpoint = Endpoint(
            organization: placed.organization, host: url.host, address: address, roots: placed.webhook.roots)
        if let known = transports.withLock({ $0[endpoint] }) { return known }
        let made = try make(endpoint)
        return transports.withLock { transports in
            if transports.count >= Self.mostConnections { transports.removeAll() }
            transports[endpoint] = made
            return made
        }
    }

    private func checkedAddress(of url: WebhookAddress) async throws -> String {
        let address: String
        do {
            address = try await settings.resolve(url.host, url.port)
        } catch {
            throw WebhookFailure(message: "the name \(url.host.shortened) cannot be resolved")
        }
        guard settings.reach.allows(address) else {
            throw WebhookFailure(
                message: "\(url.host.shortened) has an address that webhooks of organizations may not reach "
                    + "(loopback, link-local or private); ask the provider to allow its range")
        }
        return address
    }

    private func make(_ endpoint: Endpoint) throws -> any RESTTransport {
        var settings = HTTPTransport.Settings(
            trust: Trust(endpoint.roots.map { .only(pem: $0) } ?? .system), answerLimit: settings.answerLimit)
        if let address = endpoint.address { settings.addresses = [endpoint.host: address] }
        do {
            return BreakingTransport(
                try HTTPTransport(settings),
                breaker: CircuitBreaker(limit: 5, firstPeriod: .seconds(1), longestPeriod: .seconds(10)))
        } catch {
            throw WebhookFailure(message: "its caBundle cannot be read")
        }
    }
}
