// SPDX-License-Identifier: Apache-2.0

/// The rules by which one token serves many calls: renewed before it expires, by one of them at a time.
///
/// A value without lock or clock; `TokenSource` keeps it.
struct TokenState<Instant: InstantProtocol<Duration>> {
    typealias Waiter = CheckedContinuation<Result<Token, any Error>?, Never>

    enum Turn {
        case use(Token)
        /// This caller renews for all and must call `finish`.
        case renew
        /// Another one does; this caller waits.
        case wait
    }

    private var current: (token: Token, renewAt: Instant)?
    private var isRenewing = false
    private var waiters: [Int: Waiter] = [:]

    /// What the caller is to do now.
    mutating func take(at now: Instant) -> Turn {
        if let current, now < current.renewAt { return .use(current.token) }
        if isRenewing { return .wait }
        isRenewing = true
        return .renew
    }

    /// Keeps a waiter until the renewal ends; false when it has ended already.
    mutating func add(_ waiter: Waiter, id: Int) -> Bool {
        guard isRenewing else { return false }
        waiters[id] = waiter
        return true
    }

    var waiting: Int { waiters.count }

    mutating func remove(_ id: Int) -> Waiter? { waiters.removeValue(forKey: id) }

    /// Ends the renewal; the waiters returned are to be told the same result.
    mutating func finish(_ result: Result<Token, any Error>, at now: Instant) -> [Waiter] {
        if case .success(let token) = result {
            // Five minutes before its end, so that a call that begins with it also ends with it; a short one at 9/10.
            let margin = min(.seconds(300), token.lifetime / 10)
            current = (token, now.advanced(by: token.lifetime - margin))
        }
        isRenewing = false
        defer { waiters = [:] }
        return Array(waiters.values)
    }

    /// Forgets a token that a service refused, unless it was replaced meanwhile.
    mutating func refuse(_ token: Token) {
        if current?.token.secret == token.secret { current = nil }
    }
}
