// SPDX-License-Identifier: Apache-2.0

import Clients
import Resources

extension Pass {
    /// Performs one step after the other, asking for the steps anew after each, until none is left or one must wait.
    func performSteps(_ work: inout PassWork<R>) async throws -> Verdict {
        while let observed = work.observed {
            let plan = reconciler.steps(work.input, observed)
            closeIntent(&work.input, plan)
            if let refusal = importRefusal(plan, &work) { return .outcome(.rejected(refusal)) }
            await noteDrift(plan, &work)
            guard let step = plan.steps.first else { return .outcome(outcome(of: plan, work.input)) }
            if let pause = pause(before: step, plan, work) { return .outcome(pause) }
            try await prepare(step, &work)
            do {
                work.observed = try await reconciler.perform(step, work.input, observed)
            } catch let error as CancellationError {
                throw error
            } catch {
                let failure = PassFailure(error)
                if step.verb.creates { keepIntent(&work.input, after: failure) }
                return .failed(failure)
            }
            work.performed.append(step)
            // Else the status would still name what is gone, and a later look in this pass miss it.
            if step.verb == .delete, !work.input.object.isDeleting { work.mustRecord = true }
            guard step.verb.creates else { continue }
            work.input.intent = nil
            work.mustRecord = true
        }
        return .outcome(.polling(after: settings.poll, because: ""))
    }

    /// What must be in the status before a step: the ids of earlier ones, and for a creation its intent.
    private func prepare(_ step: Step<R.Change>, _ work: inout PassWork<R>) async throws {
        if step.verb.creates {
            work.input.intent = Intent(
                step: step.summary, since: time.wall(), generation: work.input.object.metadata.generation)
        } else if !work.mustRecord {
            return
        }
        try await record(&work, .outcome(.polling(after: .zero, because: step.summary)))
    }

    /// The outcome instead of a step that must not be performed now; absent when it may be.
    private func pause(before step: Step<R.Change>, _ plan: Steps<R.Change>, _ work: PassWork<R>) -> Outcome? {
        if step.verb.creates, let intent = work.input.intent, let remaining = remaining(of: intent, work.input) {
            return .polling(
                after: min(remaining, settings.poll),
                because: "no answer came to: \(intent.step); it may still take effect")
        }
        if work.performed.contains(step) {
            if case .polling = plan.then { return plan.then }
            return .polling(after: settings.poll, because: "shows no effect yet: \(step.summary)")
        }
        guard work.performed.count >= settings.stepLimit else { return nil }
        return .polling(after: .zero, because: "goes on with: \(step.summary)")
    }

    /// The outcome of a plan without steps; nothing is settled or gone while an intent is young.
    private func outcome(of plan: Steps<R.Change>, _ input: PassInput) -> Outcome {
        if plan.then == .gone, !input.object.isDeleting {
            return .polling(after: settings.poll, because: "is not there")
        }
        guard plan.then == .settled || plan.then == .gone, let intent = input.intent,
            let remaining = remaining(of: intent, input)
        else { return plan.then }
        return .polling(
            after: min(remaining, settings.poll),
            because: "no answer came to: \(intent.step); it may still take effect")
    }
}

// MARK: - Intents

extension Pass {
    /// How long a call without an answer may still take effect; absent once it has settled.
    private func remaining(of intent: Intent, _ input: PassInput) -> Duration? {
        let settle = settings.settleOf(input.object) ?? settings.settle
        let remaining = settle - .seconds(time.wall() - intent.since)
        return remaining > .zero ? remaining : nil
    }

    /// Closes an open intent once its creation was found, or settled without a trace and is no longer wished.
    ///
    /// Found is what the same spec no longer asks for, in a plan that goes on or is settled. After an edit that proves
    /// nothing, so then only time does; the same holds for an object that is being deleted.
    private func closeIntent(_ input: inout PassInput, _ plan: Steps<R.Change>) {
        guard let intent = input.intent else { return }
        let creations = plan.steps.filter(\.verb.creates)
        let isSameSpec = !input.object.isDeleting && intent.generation == input.object.metadata.generation
        let goesOn = plan.then == .settled || !plan.steps.isEmpty
        let isFound = isSameSpec && goesOn && !creations.contains { $0.summary == intent.step }
        if isFound || (creations.isEmpty && remaining(of: intent, input) == nil) { input.intent = nil }
    }

    /// After a creation failed: a definite no closes the intent, an unknown end counts from now.
    private func keepIntent(_ input: inout PassInput, after failure: PassFailure) {
        if failure.isAmbiguous {
            input.intent?.since = time.wall()
        } else {
            input.intent = nil
        }
    }
}

extension Step.Verb {
    /// Whether its effect would be doubled if it were asked for twice.
    var creates: Bool { self == .create || self == .replace }
}
