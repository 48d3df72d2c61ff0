// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1

/// The network: sends requests over a pool of connections of its own.
///
/// Follows no redirect, uses no proxy, reads no more than a bounded answer. Its connections close when it and its streams are let go.
package final class HTTPTransport: StreamingTransport {
    package struct Settings: Sendable {
        package var trust: Trust
        package var connectTimeout: Duration
        /// A host's connections at one time; more requests wait for one, within their deadlines.
        package var connectionsPerHost: Int
        /// How long an unused connection is kept: shorter than servers keep theirs (5 s is a common default), so that
        /// no request is lost on a connection that the server is just closing.
        package var idleTimeout: Duration
        /// The largest answer that is read, in bytes.
        package var answerLimit: Int
        /// Where to connect instead of looking a host's name up; TLS and the request still say the name.
        package var addresses: [String: String] = [:]

        package init(
            trust: Trust = Trust(), connectTimeout: Duration = .seconds(5), connectionsPerHost: Int = 16,
            idleTimeout: Duration = .seconds(4), answerLimit: Int = 64 << 20
        ) {
            self.trust = trust
            self.connectTimeout = connectTimeout
            self.connectionsPerHost = connectionsPerHost
            self.idleTimeout = idleTimeout
            self.answerLimit = answerLimit
        }
    }

    private let client: HTTPClient
    private let settings: Settings
    private let clock: any Clock<Duration>

    /// Throws when a certificate or key of the settings cannot be read.
    package init(_ settings: Settings = Settings(), clock: any Clock<Duration> = ContinuousClock()) throws {
        self.settings = settings
        self.clock = clock
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: try settings.clientConfiguration())
    }

    deinit {
        _ = client.shutdown()
    }

    package func send(_ request: RESTRequest) async throws -> RESTResponse {
        try await within(request.deadline, of: request) { [self] in
            let (answer, head) = try await execute(request)
            var body: [UInt8] = []
            for try await chunk in answer.body {
                guard body.count + chunk.readableBytes <= settings.answerLimit else {
                    throw RESTError(
                        .tooLarge, "answer of \(request.origin) is larger than \(settings.answerLimit) bytes")
                }
                body.append(contentsOf: chunk.readableBytesView)
            }
            return RESTResponse(status: head.status, headers: head.headers, body: body)
        }
    }

    package func stream(_ request: RESTRequest) async throws -> (head: RESTResponse, chunks: RESTChunks) {
        let (answer, head) = try await within(request.deadline, of: request) { [self] in try await execute(request) }
        return (head, HTTPChunks(body: answer.body, transport: self, origin: request.origin))
    }

    private func execute(_ request: RESTRequest) async throws -> (HTTPClientResponse, RESTResponse) {
        guard request.url.hasPrefix("http://") || request.url.hasPrefix("https://") else {
            throw RESTError(.notSent, "not an http or https address: \(request.origin)")
        }
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headers { outgoing.headers.add(name: field.name.rawName, value: field.value) }
        if !request.body.isEmpty { outgoing.body = .bytes(request.body, length: .known(Int64(request.body.count))) }
        let answer = try await client.execute(outgoing, deadline: .distantFuture)
        var headers = HTTPFields()
        for (name, value) in answer.headers {
            guard let name = HTTPField.Name(name) else { continue }
            headers.append(HTTPField(name: name, value: value))
        }
        return (answer, RESTResponse(status: Int(answer.status.code), headers: headers))
    }

    /// Races the exchange against its deadline; whichever loses is cancelled.
    private func within<Value: Sendable>(
        _ deadline: Duration, of request: RESTRequest, _ exchange: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let clock = clock
        return try await withThrowingTaskGroup(of: Value.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                do { return try await exchange() } catch { throw RESTError.from(error, origin: request.origin) }
            }
            group.addTask {
                try await clock.sleep(for: deadline)
                throw RESTError(.lost, "no answer from \(request.origin) within \(deadline)")
            }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}

extension HTTPTransport.Settings {
    fileprivate func clientConfiguration() throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try trust.tlsConfiguration(),
            redirectConfiguration: .disallow,
            timeout: .init(connect: .init(connectTimeout)),
            connectionPool: .init(
                idleTimeout: .init(idleTimeout), concurrentHTTP1ConnectionsPerHostSoftLimit: connectionsPerHost))
        // Trying again is decided above, where it is known what may be sent twice and for how long.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        configuration.dnsOverride = addresses
        configuration.http1_1ConnectionDebugInitializer = trust.connectionCheck
        return configuration
    }
}
