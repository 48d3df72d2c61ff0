// SPDX-License-Identifier: Apache-2.0

/// What goes wrong with some requests, until its count is used up.
package struct Fault: Sendable {
    package enum Effect: Sendable {
        /// The request waits, then goes on as ever.
        case latency(Duration)
        /// 409, and nothing happens.
        case conflict
        /// 429 with a `Retry-After` in whole seconds, and nothing happens.
        case tooManyRequests(retryAfter: Duration)
        /// 500, and everything happened.
        case errorAfterSuccess
        /// Everything happened, and the connection breaks in place of an answer.
        case lostAnswer
        /// Everything happened, and the answer never comes, while the connection stays.
        case heldAnswer
        /// The connection breaks; what was asked for happens so much later on the site's clock.
        case lateSuccess(after: Duration)
        /// The refusal that the service gives when a quota is used up.
        case quotaExceeded
        /// 401, and the token is no longer good.
        case expiredToken
        /// A list with only its first things, and no link to the rest.
        case partialList(keep: Int)
        /// The request is taken and never answered.
        case blackHole
    }

    /// Absent for every method.
    package var method: String?
    /// `/compute/v2.1/servers`; a `*` stands for any one part of the path, a `**` at the end for all the rest.
    package var path: String
    package var effect: Effect
    /// How many requests it hits.
    package var count: Int

    package init(_ method: String? = nil, _ path: String, _ effect: Effect, count: Int = 1) {
        self.method = method
        self.path = path
        self.effect = effect
        self.count = count
    }

    /// Whether it is about such a request, and not used up.
    package func hits(_ method: String, _ path: String) -> Bool {
        guard count > 0, self.method == nil || self.method == method else { return false }
        var parts = path.split(separator: "/")[...]
        for wanted in self.path.split(separator: "/") {
            if wanted == "**" { return true }
            guard let part = parts.popFirst(), wanted == "*" || wanted == part else { return false }
        }
        return parts.isEmpty
    }
}

/// The faults to come, in the order in which they were set.
struct Faults: Sendable {
    private var list: [Fault] = []

    mutating func add(_ fault: Fault) { list.append(fault) }

    mutating func clear() { list = [] }

    /// The first fault that hits, which is used up by one.
    mutating func take(_ method: String, _ path: String) -> Fault.Effect? {
        guard let index = list.firstIndex(where: { $0.hits(method, path) }) else { return nil }
        list[index].count -= 1
        return list[index].effect
    }
}
