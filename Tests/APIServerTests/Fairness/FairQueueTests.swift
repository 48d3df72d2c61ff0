// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import APIServer

@Suite("The line before a share")
struct FairQueueTests {
    private static let limits = ShareLimits(
        working: .init(all: 4, organization: 3, user: 2), waiting: .init(all: 6, organization: 4, user: 2))

    private static func flow(_ organization: String, _ user: String = "u") -> Flow {
        Flow(organization: organization, user: user)
    }

    /// One seat, so that the order of the rest is seen.
    private static func narrow() -> Line {
        Line(ShareLimits(working: .init(undivided: 1), waiting: .init(undivided: 100)))
    }

    @Test("organizations take turns, however many one of them sends")
    func organizations() {
        let queue = Self.narrow()
        #expect(queue.enter(0, of: Self.flow("busy")) == .seated)
        for ticket in 1...3 { #expect(queue.enter(ticket, of: Self.flow("busy")) == .waiting) }
        #expect(queue.enter(10, of: Self.flow("calm")) == .waiting)
        #expect(queue.leave(Self.flow("busy")) == 1)
        #expect(queue.leave(Self.flow("busy")) == 10)
        #expect(queue.leave(Self.flow("calm")) == 2)
        #expect(queue.leave(Self.flow("busy")) == 3)
        #expect(queue.leave(Self.flow("busy")) == nil)
        #expect(queue.working == 0 && queue.waiting == 0)
    }

    @Test("users of an organization take turns, and each one's requests keep their order")
    func users() {
        let queue = Self.narrow()
        #expect(queue.enter(0, of: Self.flow("o", "other")) == .seated)
        for (ticket, user) in [(1, "busy"), (2, "busy"), (3, "calm"), (4, "busy")] {
            #expect(queue.enter(ticket, of: Self.flow("o", user)) == .waiting)
        }
        let order = [("other", 1), ("busy", 3), ("calm", 2), ("busy", 4)]
        for (user, next) in order { #expect(queue.leave(Self.flow("o", user)) == next) }
    }

    @Test("a user, an organization and the server have bounds of their own, at work and in waiting")
    func bounds() {
        let queue = Line(Self.limits)
        var tickets = 0
        func enter(_ organization: String, _ user: String) -> FairQueue.Entry {
            tickets += 1
            return queue.enter(tickets, of: Self.flow(organization, user))
        }
        #expect((1...5).map { _ in enter("a", "one") } == [.seated, .seated, .waiting, .waiting, .refused(.user)])
        #expect((1...3).map { _ in enter("a", "two") } == [.seated, .waiting, .waiting])
        #expect(enter("a", "three") == .refused(.organization))
        #expect(enter("b", "one") == .seated)
        #expect((1...3).map { _ in enter("b", "one") } == [.waiting, .waiting, .refused(.user)])
        #expect(enter("c", "one") == .refused(.server))
    }

    @Test("who gives up is not called, and frees the place in the line")
    func giveUp() {
        let queue = Self.narrow()
        #expect(queue.enter(0, of: Self.flow("a")) == .seated)
        #expect(queue.enter(1, of: Self.flow("b")) == .waiting)
        #expect(queue.enter(2, of: Self.flow("c")) == .waiting)
        #expect(queue.giveUp(1, of: Self.flow("b")))
        #expect(!queue.giveUp(1, of: Self.flow("b")), "nobody gives up twice")
        #expect(queue.leave(Self.flow("a")) == 2)
        #expect(!queue.giveUp(2, of: Self.flow("c")), "who works no longer waits")
    }

    @Test("a seat that a full organization leaves goes to whoever may have it")
    func skipped() {
        let queue = Line(
            ShareLimits(working: .init(all: 3, organization: 2, user: 1), waiting: .init(undivided: 9)))
        #expect(queue.enter(0, of: Self.flow("a", "one")) == .seated)
        #expect(queue.enter(1, of: Self.flow("a", "two")) == .seated)
        #expect(queue.enter(2, of: Self.flow("a", "three")) == .waiting, "its organization has two")
        #expect(queue.enter(3, of: Self.flow("b", "one")) == .seated)
        #expect(queue.enter(4, of: Self.flow("b", "one")) == .waiting)
        #expect(queue.enter(5, of: Self.flow("c", "one")) == .waiting)
        #expect(queue.leave(Self.flow("b", "one")) == 4)
        #expect(queue.leave(Self.flow("a", "one")) == 2)
        #expect(queue.leave(Self.flow("b", "one")) == 5)
    }

    @Test("whatever comes and goes: bounds hold, no seat waits for somebody, nobody is forgotten", arguments: 1...20)
    func anything(seed: UInt64) throws {
        var random = Seeded(seed)
        var world = World(limits: Self.limits)
        for step in 0..<2_000 {
            let flow = Self.flow("o\(random.below(4))", "u\(random.below(3))")
            switch random.below(5) {
            case 0, 1: world.enter(step, flow)
            case 2, 3: world.leave(random.below(1_000))
            default: world.giveUp(random.below(1_000))
            }
            try #require(world.isSound, "seed \(seed), step \(step)")
        }
        while !world.working.isEmpty { world.leave(0) }
        #expect(world.waiting.isEmpty, "seed \(seed): whoever waited has had a seat")
        #expect(world.queue.working == 0 && world.queue.waiting == 0)
    }
}

/// A queue that can be asked within an expectation.
private final class Line {
    private var queue: FairQueue

    init(_ limits: ShareLimits) { queue = FairQueue(limits) }

    var working: Int { queue.working }
    var waiting: Int { queue.waiting }
    func enter(_ ticket: Int, of flow: Flow) -> FairQueue.Entry { queue.enter(ticket, of: flow) }
    func leave(_ flow: Flow) -> Int? { queue.leave(flow) }
    func giveUp(_ ticket: Int, of flow: Flow) -> Bool { queue.giveUp(ticket, of: flow) }
}

/// A queue with what a test knows of it.
private struct World {
    let limits: ShareLimits
    let queue: Line
    var working: [Flow] = []
    var waiting: [(ticket: Int, flow: Flow)] = []

    init(limits: ShareLimits) {
        self.limits = limits
        queue = Line(limits)
    }

    mutating func enter(_ ticket: Int, _ flow: Flow) {
        switch queue.enter(ticket, of: flow) {
        case .seated: working.append(flow)
        case .waiting: waiting.append((ticket, flow))
        case .refused: break
        }
    }

    mutating func leave(_ choice: Int) {
        guard !working.isEmpty else { return }
        let flow = working.remove(at: choice % working.count)
        guard let ticket = queue.leave(flow), let index = waiting.firstIndex(where: { $0.ticket == ticket }) else {
            return
        }
        working.append(waiting.remove(at: index).flow)
    }

    mutating func giveUp(_ choice: Int) {
        guard !waiting.isEmpty else { return }
        let gone = waiting.remove(at: choice % waiting.count)
        #expect(queue.giveUp(gone.ticket, of: gone.flow))
    }

    /// Counts agree, no bound is broken, and who waits may not have a seat.
    var isSound: Bool {
        queue.working == working.count && queue.waiting == waiting.count && working.count <= limits.working.all
            && working.allSatisfy { seats($0) <= limits.working.user && seats(of: $0) <= limits.working.organization }
            && waiting.allSatisfy { !mayWork($0.flow) }
    }

    private func seats(_ flow: Flow) -> Int { working.count { $0 == flow } }
    private func seats(of flow: Flow) -> Int { working.count { $0.organization == flow.organization } }

    private func mayWork(_ flow: Flow) -> Bool {
        working.count < limits.working.all && seats(flow) < limits.working.user
            && seats(of: flow) < limits.working.organization
    }
}

/// Numbers that a seed gives again.
private struct Seeded {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}
