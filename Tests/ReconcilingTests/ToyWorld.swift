// SPDX-License-Identifier: Apache-2.0

import Reconciling
import ReconcilingTesting
import Synchronization
import TestTime

/// A cloud of boxes and lids that keeps what it is told to and goes wrong as scripted.
final class ToyWorld: Sendable {
    struct Thing: Hashable, Sendable {
        var id: String
        var mark: String
        /// `box` or `lid`.
        var kind: String
        var size: Int64
        /// By the test's clock; nobody sees it before.
        var visible: Duration
    }

    /// What happens to one creation.
    enum Fault: Hashable, Sendable {
        /// It takes effect, but nobody hears of it.
        case lostAnswer
        /// No answer, and the effect comes after a while.
        case lateSuccess(Duration)
        /// No answer and no effect.
        case lostRequest
        case failure(ToyError)
        /// It becomes smaller than asked.
        case tooSmall
    }

    struct State: Sendable {
        var things: [Thing] = []
        var nextID = 1
        var faults: [Fault] = []
        var isSilent = false
        /// Nobody said yet how it is reached.
        var isUnknown = false
        var calls: [String] = []
    }

    private let state = Mutex(State())
    let clock: TestClock

    init(clock: TestClock) { self.clock = clock }

    var calls: [String] { state.withLock(\.calls) }
    var isSilent: Bool {
        get { state.withLock(\.isSilent) }
        set { state.withLock { $0.isSilent = newValue } }
    }
    var isUnknown: Bool {
        get { state.withLock(\.isUnknown) }
        set { state.withLock { $0.isUnknown = newValue } }
    }

    /// Everything there is, also what is not visible yet.
    func all(_ kind: String? = nil) -> [Thing] {
        state.withLock { $0.things.filter { kind == nil || $0.kind == kind } }
    }

    func script(_ faults: Fault...) { script(faults) }

    func script(_ faults: [Fault]) { state.withLock { $0.faults = faults } }

    func removeBehindOurBack(_ id: String) { state.withLock { $0.things.removeAll { $0.id == id } } }

    func things(mark: String) throws -> [Thing] { try call("search") { $0.things.filter { $0.mark == mark } } }

    func thing(_ id: String) throws -> Thing? { try call("get") { $0.things.first { $0.id == id } } }

    func create(_ kind: String, mark: String, size: Int64) throws -> Thing {
        try call("create \(kind)") { state in
            let fault = state.faults.isEmpty ? nil : state.faults.removeFirst()
            if case .failure(let error) = fault { throw error }
            if case .lostRequest = fault { throw ToyError.lost }
            var thing = Thing(
                id: "\(kind)-\(state.nextID)", mark: mark, kind: kind, size: size, visible: clock.now.offset)
            if case .lateSuccess(let delay) = fault { thing.visible += delay }
            if fault == .tooSmall { thing.size -= 1 }
            state.nextID += 1
            state.things.append(thing)
            if fault == .tooSmall { return thing }
            if fault != nil { throw ToyError.lost }
            return thing
        }
    }

    func resize(_ id: String, to size: Int64) throws -> Thing? {
        try call("resize") { state in
            guard let index = state.things.firstIndex(where: { $0.id == id }) else { return nil }
            state.things[index].size = size
            return state.things[index]
        }
    }

    func delete(_ id: String) throws { try call("delete") { state in state.things.removeAll { $0.id == id } } }

    /// Makes one call in a world that shows only what is visible by now.
    private func call<Answer: Sendable>(_ word: String, _ body: (inout State) throws -> Answer) throws -> Answer {
        try state.withLock { state in
            state.calls.append(word)
            if state.isUnknown { throw ToyError.unknown }
            if state.isSilent { throw ToyError.lost }
            let now = clock.now.offset
            let hidden = state.things.filter { $0.visible > now }
            state.things.removeAll { $0.visible > now }
            defer { state.things += hidden }
            var visible = state
            defer { state = visible }
            return try body(&visible)
        }
    }
}

/// What the toy world says when something goes wrong.
enum ToyError: PassError, Hashable {
    case lost, busy, quota, unknown

    var isAmbiguous: Bool { self == .lost }
    var rejection: Rejection? {
        self == .quota ? Rejection(reason: "QuotaExceeded", message: "no room for another box", fixer: .yourAdmin) : nil
    }
    var retryAfter: Duration? { self == .busy ? .seconds(7) : nil }
    var isNews: Bool { self != .unknown }
    var message: String { "the toy world is \(self)" }
}
