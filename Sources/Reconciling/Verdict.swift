// SPDX-License-Identifier: Apache-2.0

package import Resources

/// What a pass came to: what the reconciler asks for, or what kept it from asking.
package enum Verdict: Sendable {
    case outcome(Outcome)
    /// It is being deleted and these still refer to it.
    case inUse(by: [ObjectReference])
    case failed(PassFailure)
}

extension Verdict {
    /// The outcome that has the same consequences; absent for a failure that is to be retried.
    package var outcome: Outcome? {
        switch self {
        case .outcome(let outcome): outcome
        case .inUse(let users): users.first.map { .waiting(on: $0, because: DeletionGuard.message(for: users)) }
        case .failed(let failure): failure.rejection.map(Outcome.rejected)
        }
    }

    /// The conditions `Ready` and `Progressing` of an object after this verdict.
    func conditions(of object: Object, at timestamp: String) -> [Condition] {
        let health = health(of: object)
        return [("Ready", health.ready), ("Progressing", health.progressing)].map { type, truth in
            Condition(
                type: type, status: truth, reason: health.reason, message: health.message,
                observedGeneration: object.metadata.generation, lastTransitionTime: timestamp)
        }
    }

    /// The native ids that one look did not find.
    var missing: [String] { if case .failed(let failure) = self { failure.missing } else { [] } }

    private typealias Health = (
        ready: Condition.Truth, progressing: Condition.Truth, reason: String, message: String
    )

    private func health(of object: Object) -> Health {
        if case .inUse(let users) = self { return (.no, .no, "InUse", DeletionGuard.message(for: users)) }
        switch (self, outcome) {
        case (_, .settled): return (.yes, .no, "Settled", "")
        case (_, .waiting(_, let because)): return (.no, .no, "Waiting", because)
        case (_, .polling(_, let because)): return (.no, .yes, "Progressing", because)
        case (_, .rejected(let rejection)):
            return (.no, .no, rejection.reason, rejection.words)
        case (_, .gone): return (.no, .yes, "Progressing", "nothing of it is left")
        case (.failed(let failure), nil):
            let diagnosis = failure.diagnosis
            return (ifUnreachable(object), .yes, diagnosis?.reason ?? "SiteError", diagnosis?.words ?? failure.message)
        case (_, nil): return (.unknown, .yes, "Progressing", "")
        }
    }

    /// What was ready may still be: a site that does not answer is no news.
    private func ifUnreachable(_ object: Object) -> Condition.Truth {
        guard let ready = object.condition("Ready"), ready.status != .no else { return .no }
        return ready.observedGeneration == object.metadata.generation ? .unknown : .no
    }
}
