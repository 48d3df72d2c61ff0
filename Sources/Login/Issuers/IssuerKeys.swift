// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import RESTClient
import Synchronization

/// The public keys of an issuer, fetched when a token needs them and kept for a while.
///
/// One request at a time goes out; who needs a key meanwhile waits for it. A key that is not known makes the set be fetched
/// again, but not more often than `pause`, whatever tokens are shown.
final class IssuerKeys: Sendable {
    private let settings: IssuerSettings
    private let transport: any RESTTransport
    private let now: @Sendable () -> Int64
    private let state = Mutex(IssuerKeysState())

    /// `transport` must bound the size of answers and follow no redirect; `now` gives seconds since 1970.
    init(_ settings: IssuerSettings, transport: any RESTTransport, now: @escaping @Sendable () -> Int64) {
        self.settings = settings
        self.transport = transport
        self.now = now
    }

    /// The keys that may have signed a token with this key id; none when the issuer cannot be asked or has no such key.
    func candidates(for id: String?) async throws -> [JSON] {
        while true {
            switch state.withLock({ $0.next(at: now(), wanting: id) }) {
            case .use(let keys): return keys
            case .fetch: try await fetch()
            case .wait: await wait()
            }
        }
    }

    private func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { $0.isOver(orWakes: continuation) }
            if isOver { continuation.resume() }
        }
    }

    private func fetch() async throws {
        do {
            let keys = try await load()
            finish { $0.finish(with: keys, at: self.now()) }
        } catch let error as CancellationError {
            finish { $0.abandon() }
            throw error
        } catch {
            finish { $0.finish(with: nil, at: self.now()) }
        }
    }

    private func finish(_ change: (inout IssuerKeysState) -> [CheckedContinuation<Void, Never>]) {
        for waiter in state.withLock({ change(&$0) }) { waiter.resume() }
    }

    /// The keys that the discovery document leads to.
    ///
    /// https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationResponse
    private func load() async throws -> [JSON] {
        let document = try await read(settings.discoveryAddress)
        guard document["issuer"]?.string == settings.url, let address = document["jwks_uri"]?.string,
            address.hasPrefix("https://")
        else { throw NotAnIssuer() }
        return (try await read(address)["keys"]?.array ?? []).filter { $0.object != nil }
    }

    /// Deadlines are short: somebody waits for an answer.
    private func read(_ address: String) async throws -> JSON {
        let answer = try await transport.send(
            RESTRequest(.get, address, headers: [.accept: "application/json"], deadline: .seconds(5)))
        guard answer.status == 200 else { throw NotAnIssuer() }
        return try JSON(parsing: answer.body, limits: ParseLimits(bytes: 1 << 20, depth: 32, elements: 20_000))
    }

    /// What answers is not the issuer that was meant.
    private struct NotAnIssuer: Error {}
}

/// When an issuer is asked for its keys: a value, without lock or clock; times are in seconds since 1970.
struct IssuerKeysState {
    enum Next {
        case use([JSON])
        case fetch
        case wait
    }

    /// After so long the set is fetched again, so that a key which the issuer withdrew is believed no longer.
    static let freshness: Int64 = 60
    /// An issuer that does not answer is believed for so long.
    static let endurance: Int64 = 3600
    /// Between two questions.
    static let pause: Int64 = 10

    private var keys: [JSON] = []
    private var fetched: Int64?
    private var tried: Int64?
    private var isFetching = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    mutating func next(at now: Int64, wanting id: String?) -> Next {
        let age = fetched.map { now - $0 } ?? .max
        let usable = age < Self.endurance ? keys.filter { id == nil || $0["kid"]?.string == id } : []
        if !usable.isEmpty, age < Self.freshness || isFetching { return .use(usable) }
        if isFetching { return .wait }
        if let tried, (0..<Self.pause).contains(now - tried) { return .use(usable) }
        tried = now
        isFetching = true
        return .fetch
    }

    /// True when nothing is under way any more; otherwise the waiter is woken at the end.
    mutating func isOver(orWakes waiter: CheckedContinuation<Void, Never>) -> Bool {
        if isFetching { waiters.append(waiter) }
        return !isFetching
    }

    /// The end of a question, with the keys when they came; returns who waits.
    mutating func finish(with keys: [JSON]?, at now: Int64) -> [CheckedContinuation<Void, Never>] {
        if let keys { (self.keys, fetched) = (keys, now) }
        return end()
    }

    /// Who asked was cancelled: the next one asks at once.
    mutating func abandon() -> [CheckedContinuation<Void, Never>] {
        tried = nil
        return end()
    }

    private mutating func end() -> [CheckedContinuation<Void, Never>] {
        isFetching = false
        defer { waiters = [] }
        return waiters
    }
}
