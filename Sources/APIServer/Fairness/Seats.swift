// SPDX-License-Identifier: Apache-2.0

import Observing
import Resources
import Stores
import Synchronization

/// The seats of one share, and the line before them.
final class Seats: Sendable {
    private enum Call { case seated, late }

    private struct State {
        var queue: FairQueue
        var waiting: [Int: WakeUp<Call>] = [:]
        var tickets = 0
    }

    private let share: Share
    private let state: Mutex<State>
    private let metrics: ShareMetrics

    init(_ share: Share, _ limits: ShareLimits) {
        self.share = share
        state = Mutex(State(queue: FairQueue(limits)))
        metrics = ShareMetrics(share: share.rawValue)
    }

    /// How many work and how many wait now.
    var counts: (working: Int, waiting: Int) { state.withLock { ($0.queue.working, $0.queue.waiting) } }

    /// A seat, perhaps after a wait that ends when the task is cancelled or `alarm`'s time comes.
    ///
    /// Throws `tooManyRequests` when too many wait already, and for who has waited too long.
    func seat(_ flow: Flow, patience: Patience) async throws -> Seat {
        let call = WakeUp<Call>()
        let (ticket, entry) = state.withLock { state in
            state.tickets += 1
            let entry = state.queue.enter(state.tickets, of: flow)
            if entry == .waiting { state.waiting[state.tickets] = call }
            return (state.tickets, entry)
        }
        switch entry {
        case .seated: break
        case .refused(let bound):
            metrics.refused(bound.metric)
            throw APIError.tooMany(share, flow, bound)
        case .waiting: try await wait(ticket, call, flow, patience)
        }
        metrics.began()
        return Seat { [self] in
            leave(flow)
            metrics.ended()
        }
    }

    private func wait(_ ticket: Int, _ call: WakeUp<Call>, _ flow: Flow, _ patience: Patience) async throws {
        metrics.waits()
        let end = patience.begin { call.ring(.late) }
        defer {
            end()
            metrics.waitsNoMore()
        }
        do {
            if case .seated = try await call.wait() { return }
        } catch {
            // The seat may have come in the same moment, and nobody sits down.
            if !giveUp(ticket, flow) { leave(flow) }
            throw error
        }
        guard giveUp(ticket, flow) else { return }
        metrics.refused(.time)
        throw APIError.waitedTooLong(share)
    }

    /// False when the seat has come already.
    private func giveUp(_ ticket: Int, _ flow: Flow) -> Bool {
        state.withLock { state in
            guard state.queue.giveUp(ticket, of: flow) else { return false }
            state.waiting[ticket] = nil
            return true
        }
    }

    private func leave(_ flow: Flow) {
        let next = state.withLock { state in
            state.queue.leave(flow).flatMap { state.waiting.removeValue(forKey: $0) }
        }
        next?.ring(.seated)
    }
}

/// How long somebody waits: `begin` is handed what to do when the time is over, and returns how to call that off.
struct Patience: Sendable {
    let begin: @Sendable (@escaping @Sendable () -> Void) -> (@Sendable () -> Void)

    /// Waits until the caller is cancelled.
    static let endless = Patience { _ in {} }
}

extension FairQueue.Bound {
    fileprivate var metric: ShareMetrics.Bound {
        switch self {
        case .user: .user
        case .organization: .organization
        case .server: .server
        }
    }
}

extension APIError {
    fileprivate static func tooMany(_ share: Share, _ flow: Flow, _ bound: FairQueue.Bound) -> APIError {
        let whose =
            switch bound {
            case .user: "of user \"\(flow.user.shortened)\""
            case .organization where flow.organization.isEmpty: "of the provider's users"
            case .organization: "of organization \"\(flow.organization.shortened)\""
            case .server: "of all users together"
            }
        return .tooManyRequests(
            "Too many requests, please try again later: there are as many \(share.noun) \(whose) as may be at once",
            retryAfterSeconds: share == .watches ? 10 : 1)
    }

    fileprivate static func waitedTooLong(_ share: Share) -> APIError {
        .tooManyRequests(
            "Too many requests, please try again later: this one has waited in vain for other \(share.noun) to end")
    }
}
