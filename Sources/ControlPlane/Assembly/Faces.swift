// SPDX-License-Identifier: Apache-2.0

import APIServer
import Clients
import HTTPTypes
import Logging
import Login
import Observing
import Resources
import CoreKinds
import ServiceLifecycle
import Serving
import Stores

/// What people and programs see: the API, and the figures for the operator's monitoring, on one port.
struct Faces: Sendable {
    let listener: Listener
    /// To be stopped after the listener.
    let deadlines = RequestDeadlines(clock: ContinuousClock())
    let renewal: CertificateRenewal

    init(_ engine: Engine, _ ground: Ground, settings: Settings, time: Timekeeper, logger: Logger) throws {
        let authority = ground.keys.authority
        let (tls, period) = try Self.identity(authority, settings, now: time.wall())
        var listening = ListenerSettings(host: settings.host, port: settings.port, tls: tls)
        listening.stallTimeout = settings.stall
        let authenticator = Authenticators(
            tokens: [engine.tokens, engine.issuers],
            certificates: CertificateAuthenticator(authorities: [authority], now: time.wall))
        let counters = RequestCounters()
        let handler = Handler(
            objects: engine.objects, catalog: engine.catalog, authenticator: authenticator, auditor: engine.auditor,
            settings: HandlerSettings(
                checks: Self.checks(engine), pages: ["/metrics": { Self.metrics }],
                tokenIssuer: IssuerDocuments(engine.tokens), clock: ContinuousClock(), deadlines: deadlines,
                fairness: Fairness(settings.fairness),
                finished: { outcome in
                    counters.count(outcome)
                    guard let error = outcome.error else { return }
                    logger.error("a request failed inside", metadata: [LogKey.error: "\(error)"])
                }))
        let listener = Listener(listening, handler: handler, logger: logger)
        self.listener = listener
        renewal = CertificateRenewal(name: "the server's certificate", period: period, time: time, logger: logger) {
            let (tls, period) = try Self.identity(authority, settings, now: time.wall())
            try listener.renew(tls)
            return period
        }
    }

    /// The figures for the operator's monitoring.
    private static var metrics: Response {
        let headers: HTTPFields = [.contentType: "text/plain; version=0.0.4; charset=utf-8"]
        return Response(status: .ok, headers: headers, body: .bytes(Array(Process.metrics.text.utf8)))
    }

    /// A fresh certificate of our own authority, and how long it is good.
    private static func identity(
        _ authority: CertificateAuthority, _ settings: Settings, now: Int64
    ) throws -> (ListenerSettings.TLS, CertificatePeriod) {
        let certificate = try authority.serverCertificate(
            hosts: settings.hostNames, addresses: settings.addresses, now: now)
        let tls = try ListenerSettings.TLS(
            certificates: certificate.certificatePEM, privateKey: certificate.keyPEM,
            clientRoots: authority.certificatePEM)
        return (tls, certificate.period)
    }

    private static func checks(_ engine: Engine) -> [HealthCheck] {
        [
            HealthCheck("store") {
                do {
                    try await engine.cache.waitUntilReady()
                    return nil
                } catch {
                    return "the store cannot be read: \(error)"
                }
            },
            HealthCheck("authorization") { engine.authorizer.hasSynced ? nil : "roles and bindings are being read" },
        ]
    }
}

extension Settings {
    /// Names for the server's certificate that are no addresses.
    fileprivate var hostNames: [String] { names.filter { !Self.isAddress($0) } }
    fileprivate var addresses: [String] {
        let own = Self.isAddress(host) && host != "0.0.0.0" && host != "::" ? [host] : []
        return own.filter { $0 != "127.0.0.1" && $0 != "::1" } + names.filter(Self.isAddress)
    }

    private static func isAddress(_ text: String) -> Bool {
        text.contains(":") || text.allSatisfy { $0.isNumber || $0 == "." }
    }
}
