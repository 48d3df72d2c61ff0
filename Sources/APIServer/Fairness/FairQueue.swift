// SPDX-License-Identifier: Apache-2.0

/// The rules of one share: who works, who waits, and whose turn is next.
///
/// Organizations take turns, and within each its users; a user's own requests go first come, first served. Whoever waits
/// does so because all seats are taken, or because the own organization or user has as many as it may have: a free seat
/// never waits for somebody.
package struct FairQueue: Sendable {
    /// What becomes of a request that comes.
    package enum Entry: Hashable, Sendable {
        case seated
        case waiting
        /// Too many wait already.
        case refused(Bound)
    }

    /// Whose bound it is.
    package enum Bound: String, Sendable {
        case server, organization, user
    }

    /// How many work now.
    package private(set) var working = 0
    /// How many wait now.
    package private(set) var waiting = 0
    private let limits: ShareLimits
    private var organizations: [String: Organization] = [:]
    /// Organizations of which somebody waits; the first has waited longest for a turn.
    private var turns: [String] = []

    /// A queue where nobody is yet.
    package init(_ limits: ShareLimits) { self.limits = limits }

    /// A request comes; `ticket` is its name while it waits.
    package mutating func enter(_ ticket: Int, of flow: Flow) -> Entry {
        let organization = organizations[flow.organization] ?? Organization()
        let user = organization.users[flow.user] ?? User()
        if working < limits.working.all, organization.working < limits.working.organization,
            user.working < limits.working.user
        {
            working += 1
            organizations[flow.organization, default: Organization()].seat(flow.user)
            return .seated
        }
        guard user.waiting.count < limits.waiting.user else { return .refused(.user) }
        guard organization.waiting < limits.waiting.organization else { return .refused(.organization) }
        guard waiting < limits.waiting.all else { return .refused(.server) }
        waiting += 1
        if organization.waiting == 0 { turns.append(flow.organization) }
        organizations[flow.organization, default: Organization()].lineUp(ticket, flow.user)
        return .waiting
    }

    /// A request is done; returns the one that gets its seat.
    package mutating func leave(_ flow: Flow) -> Int? {
        working -= 1
        organizations[flow.organization]?.leave(flow.user)
        forget(flow.organization)
        return next()
    }

    /// A request waits no longer; says whether it did.
    package mutating func giveUp(_ ticket: Int, of flow: Flow) -> Bool {
        guard organizations[flow.organization]?.giveUp(ticket, flow.user) == true else { return false }
        waiting -= 1
        if organizations[flow.organization]?.waiting == 0 { turns.removeAll { $0 == flow.organization } }
        forget(flow.organization)
        return true
    }

    private mutating func next() -> Int? {
        guard working < limits.working.all else { return nil }
        for (index, name) in turns.enumerated() {
            guard let ticket = organizations[name]?.next(limits.working) else { continue }
            working += 1
            waiting -= 1
            turns.remove(at: index)
            if organizations[name]?.waiting ?? 0 > 0 { turns.append(name) }
            return ticket
        }
        return nil
    }

    private mutating func forget(_ organization: String) {
        if organizations[organization]?.users.isEmpty == true { organizations[organization] = nil }
    }
}

/// One user's requests.
private struct User: Sendable {
    var working = 0
    /// The tickets, the oldest first.
    var waiting: [Int] = []
}

/// The requests of one organization's users.
private struct Organization: Sendable {
    var working = 0
    var waiting = 0
    var users: [String: User] = [:]
    /// Users of whom a request waits, by turn.
    var turns: [String] = []

    mutating func seat(_ user: String) {
        working += 1
        users[user, default: User()].working += 1
    }

    mutating func lineUp(_ ticket: Int, _ user: String) {
        waiting += 1
        if users[user]?.waiting.isEmpty ?? true { turns.append(user) }
        users[user, default: User()].waiting.append(ticket)
    }

    mutating func leave(_ user: String) {
        working -= 1
        users[user]?.working -= 1
        forget(user)
    }

    mutating func giveUp(_ ticket: Int, _ user: String) -> Bool {
        guard let index = users[user]?.waiting.firstIndex(of: ticket) else { return false }
        waiting -= 1
        users[user]?.waiting.remove(at: index)
        if users[user]?.waiting.isEmpty == true { turns.removeAll { $0 == user } }
        forget(user)
        return true
    }

    /// Seats the request whose turn it is, if any may have a seat.
    mutating func next(_ limits: ShareLimits.Bounds) -> Int? {
        guard working < limits.organization else { return nil }
        for (index, name) in turns.enumerated() {
            guard let user = users[name], user.working < limits.user, let ticket = user.waiting.first else { continue }
            users[name]?.waiting.removeFirst()
            waiting -= 1
            turns.remove(at: index)
            if user.waiting.count > 1 { turns.append(name) }
            seat(name)
            return ticket
        }
        return nil
    }

    private mutating func forget(_ user: String) {
        if let known = users[user], known.working == 0, known.waiting.isEmpty { users[user] = nil }
    }
}
