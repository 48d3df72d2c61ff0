// SPDX-License-Identifier: Apache-2.0

import Resources
import Serving

/// Sees to it that nobody's requests keep the server from anybody else's: each share of the capacity has its seats and a
/// bounded line before them, in which organizations and their users take turns.
///
/// What a share cannot take is refused with 429 and `Retry-After`. Our own controllers do not come through here at all.
package struct Fairness: Sendable {
    private let shares: [Share: Seats]

    /// Seats for all shares, all of them free.
    package init(_ limits: FairnessLimits = FairnessLimits()) {
        shares = Dictionary(uniqueKeysWithValues: Share.allCases.map { ($0, Seats($0, limits[$0])) })
    }

    /// How many requests work and how many wait now in a share.
    package func counts(of share: Share) -> (working: Int, waiting: Int) { seats(share).counts }

    func seats(_ share: Share) -> Seats {
        guard let seats = shares[share] else { preconditionFailure("each share has its seats") }
        return seats
    }
}

/// The seats that one request has.
struct Admission: Sendable {
    /// While the answer is made, and while a list is sent.
    let work: Seat
    /// While a watch runs.
    let watch: Seat?

    /// Keeps what is needed to send the answer, and gives the rest back.
    func held(over body: Response.Body) -> Response.Body {
        guard let watch else { return work.held(over: body) }
        work.giveBack()
        return watch.held(over: body)
    }
}

extension Handler {
    /// Lets a request in, perhaps after it has waited for a quarter of its time, as upstream does.
    func admit(
        _ verb: String, startsWithList: Bool = false, of user: UserInfo, within limit: Duration
    ) async throws -> Admission {
        let flow = Flow(user)
        let watch = verb == "watch" ? try await settings.fairness.seats(.watches).seat(flow, patience: .endless) : nil
        let share = Share(verb: verb, startsWithList: startsWithList, of: user)
        let work = try await settings.fairness.seats(share).seat(flow, patience: patience(limit / 4))
        return Admission(work: work, watch: watch)
    }

    private func patience(_ limit: Duration) -> Patience {
        guard let deadlines = settings.deadlines else { return .endless }
        return Patience { late in
            let ticket = deadlines.enter(limit, late)
            return { deadlines.leave(ticket) }
        }
    }
}
