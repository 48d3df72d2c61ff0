// SPDX-License-Identifier: Apache-2.0

import Clients
import Resources

/// Drift: what somebody changed in the world after the object was as its spec says.
///
/// It is set right, as every other difference; the condition `InSync` and an Event tell of it.
extension Pass {
    /// Takes down, at a pass's first steps, what was found otherwise than it was left for the same spec.
    func noteDrift(_ plan: Steps<R.Change>, _ work: inout PassWork<R>) async {
        guard work.drift == nil else { return }
        let object = work.input.object
        let isLeft = object.condition("InSync")?.observedGeneration == object.metadata.generation
        let drift = reconciler.reportsDrift && isLeft && !object.isDeleting ? plan.steps.flatMap(\.differences) : []
        work.drift = drift
        guard !drift.isEmpty else { return }
        await events.record(.warning, "Drifted", drift.words, about: object)
    }

    /// The condition after a verdict; none when there is nothing new to say.
    func inSync(_ work: PassWork<R>, _ verdict: Verdict) -> [Condition] {
        let object = work.input.object
        guard reconciler.reportsDrift, !object.isDeleting, let drift = work.drift else { return [] }
        let known = object.condition("InSync")
        guard case .outcome(.settled) = verdict else {
            return drift.isEmpty ? [] : [condition(.no, "Drifted", drift.words, of: object)]
        }
        if known?.status == .yes, known?.observedGeneration == object.metadata.generation, drift.isEmpty { return [] }
        let found = drift.isEmpty && known?.status == .no ? known?.message ?? "" : drift.words
        guard !found.isEmpty else { return [condition(.yes, "InSync", "", of: object)] }
        return [condition(.yes, "Corrected", "\(found); set right at \(time.timestamp)", of: object)]
    }

    private func condition(
        _ truth: Condition.Truth, _ reason: String, _ message: String, of object: Object
    ) -> Condition {
        Condition(
            type: "InSync", status: truth, reason: reason, message: message,
            observedGeneration: object.metadata.generation, lastTransitionTime: time.timestamp)
    }
}

// MARK: - Imports

extension Pass {
    /// Why a thing is not taken over: the spec would change it.
    ///
    /// Nothing is written there, and its id is not taken down, so that the next pass compares again.
    func importRefusal(_ plan: Steps<R.Change>, _ work: inout PassWork<R>) -> Rejection? {
        let steps = plan.steps.filter { $0.verb != .ask }
        guard let id = work.input.importID, !steps.isEmpty, work.performed.allSatisfy({ $0.verb == .ask }) else {
            return nil
        }
        work.observed = nil
        let found = steps.flatMap { $0.differences.isEmpty ? [$0.summary] : $0.differences.map(\.words) }
        return Rejection(
            reason: "ImportDiffers",
            message: "\(id) is not as the spec says, it would take: \(found.prefix(20).joined(separator: "; ")); "
                + "change the spec until they are the same", fixer: .you)
    }
}

extension [Difference] {
    /// For a condition, of bounded length.
    fileprivate var words: String {
        prefix(20).map(\.words).joined(separator: "; ") + (count > 20 ? " and \(count - 20) more" : "")
    }
}
