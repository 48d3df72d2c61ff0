// SPDX-License-Identifier: Apache-2.0

package import Clients
import JSONTree
package import Resources

/// One run of a reconciler for one object: finalizer, references, observe, steps, status; it keeps no state of its own.
///
/// A pass may die at any await and the next one goes on:
/// - the finalizer is there before the first effect
/// - `status.intent` is written, guarded by resourceVersion, before each creation; a pass that saw an old object stops there
/// - after an answer that was lost the intent stays open: what is found is adopted, and nothing is created until the
///   settle time has passed since
/// - new ids are in the status before the next step
/// - a deleted object is let go only when nothing is left and no intent is young
///
/// The settle time must be longer than the deadline of a call and the longest delay of a late success together.
package struct Pass<R: Reconciler>: Sendable {
    package let reconciler: R
    package let client: any ObjectClient
    /// Where references and users of the object are read.
    package let objects: any ObjectReader
    package let settings: PassSettings
    package let time: Timekeeper
    let events: EventRecorder

    package init(
        _ reconciler: R, client: any ObjectClient, objects: any ObjectReader, settings: PassSettings = PassSettings(),
        time: Timekeeper = .system
    ) {
        self.reconciler = reconciler
        self.client = client
        self.objects = objects
        self.settings = settings
        self.time = time
        events = EventRecorder(client, component: "scs-\(reconciler.type.plural)", time: time)
    }

    /// Runs once for the object as it was just read.
    ///
    /// Errors of the world become a verdict and a status; thrown are only errors of our own API server (a conflict:
    /// somebody was faster) and cancellation, after which the next pass starts anew.
    package func run(_ object: Object) async throws -> PassReport {
        guard !object.isDeleting || object.metadata.finalizers.contains(finalizer) else {
            return PassReport(verdict: .outcome(.gone), object: object)
        }
        let held = object.isDeleting ? object : try await addFinalizer(to: object)
        var work = PassWork<R>(input: input(held), before: object)
        let verdict = try await verdict(&work)
        return try await conclude(&work, verdict)
    }

    /// The steps that a pass would begin with, looking at the world and changing nothing.
    package func plan(for object: Object) async throws -> Steps<R.Change> {
        var input = input(object)
        if let verdict = try await resolve(&input) { return Steps(then: verdict.outcome ?? .settled) }
        return reconciler.steps(input, try await reconciler.observe(input))
    }

    /// The steps for an object as `status` remembers the world, asking no site; absent for kinds that remember too little.
    package func preview(of object: Object) async throws -> Steps<R.Change>? {
        var input = input(object)
        if let verdict = try await resolve(&input) { return Steps(then: verdict.outcome ?? .settled) }
        return reconciler.remembered(input).map { reconciler.steps(input, $0) }
    }

    private func input(_ object: Object) -> PassInput {
        let missing = object.status?["missing"]?.array?.compactMap(\.string) ?? []
        return PassInput(
            object: object, intent: Intent(tree: object.status?["intent"]), missing: Set(missing), now: time.wall())
    }

    private func verdict(_ work: inout PassWork<R>) async throws -> Verdict {
        let verdict = try await resolve(&work.input)
        do {
            if case .inUse = verdict { try await reconciler.stay(work.input) }
            if let verdict { return verdict }
            work.observed = try await reconciler.observe(work.input)
        } catch let error as CancellationError {
            throw error
        } catch {
            return .failed(PassFailure(error))
        }
        return try await performSteps(&work)
    }

    /// Writes down what the pass came to, in the status and in Events.
    private func conclude(_ work: inout PassWork<R>, _ verdict: Verdict) async throws -> PassReport {
        if case .outcome(.gone) = verdict, work.input.object.isDeleting {
            try await removeFinalizer(from: work.input.object)
            await events.record(.normal, "Deleted", "nothing of it is left", about: work.before)
        } else if !isNoNews(verdict, work) {
            try await record(&work, verdict)
            await announce(work, verdict)
        }
        return PassReport(verdict: verdict, object: work.input.object, performed: work.performed.map(\.summary))
    }
}

extension Pass {
    /// Whether a pass has nothing to write down: it was stopped by what says nothing of the world, and all was well before.
    private func isNoNews(_ verdict: Verdict, _ work: PassWork<R>) -> Bool {
        guard case .failed(let failure) = verdict, !failure.isNews else { return false }
        return work.before.isReady && work.performed.isEmpty
    }
}

// MARK: - References and users

extension Pass {
    /// Reads what the object refers to; answers a verdict when the pass must not go on.
    private func resolve(_ input: inout PassInput) async throws -> Verdict? {
        for reference in reconciler.references(of: input.object) {
            let object = try await objects.object(reference.type, reference.key)
            input.references[reference.field] = object
            guard !input.object.isDeleting, let lack = reference.lack(of: object) else { continue }
            let missing = ObjectReference(kind: reference.type.kind, key: reference.key, uid: object?.metadata.uid)
            let because = #"\#(reference.type.kind.kind) "\#(reference.key.name)" (\#(reference.field)) \#(lack)"#
            return .outcome(.waiting(on: missing, because: because))
        }
        guard input.object.isDeleting else { return nil }
        var users: [ObjectReference] = []
        for other in settings.guards {
            users += try await other.users(of: input.object, reconciler.type, in: objects)
        }
        return users.isEmpty ? nil : .inUse(by: users)
    }
}

extension Reference {
    /// What is missing for a pass to go on; absent when nothing is.
    fileprivate func lack(of object: Object?) -> String? {
        switch need {
        case .optional: nil
        case .present: object == nil ? "does not exist" : nil
        case .ready: object.map { $0.mayBeReady ? nil : "is not ready" } ?? "does not exist"
        }
    }
}

extension Object {
    /// Whether it is ready as far as anybody knows: that its site did not answer one look is no news.
    fileprivate var mayBeReady: Bool {
        guard let ready = condition("Ready") else { return false }
        return ready.status == .yes || (ready.status == .unknown && ready.observedGeneration == metadata.generation)
    }
}
