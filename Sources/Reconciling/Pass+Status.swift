// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources

extension Pass {
    /// Writes the status when it changed, guarded by the resourceVersion that the pass saw.
    func record(_ work: inout PassWork<R>, _ verdict: Verdict) async throws {
        work.mustRecord = false
        let object = work.input.object
        let known = object.status ?? .object(JSONObject())
        var status = work.observed.map { JSON.object(reconciler.status(work.input, $0)) } ?? known
        status["observedGeneration"] = .integer(object.metadata.generation)
        status["intent"] = work.input.intent?.tree
        status["missing"] = verdict.missing.isEmpty ? nil : .array(verdict.missing.map(JSON.string))
        let conditions = verdict.conditions(of: object, at: time.timestamp) + inSync(work, verdict)
        status["conditions"] = object.conditions(with: conditions)
        guard let change = known.mergePatch(to: status) else { return }
        let patch: JSON = [
            "metadata": ["resourceVersion": .string(object.metadata.resourceVersion ?? "")], "status": change,
        ]
        work.input.object = try await client.patch(reconciler.type, object.key, .merge(patch), .status)
    }

    func announce(_ work: PassWork<R>, _ verdict: Verdict) async {
        for step in work.performed {
            await events.record(.normal, step.verb.pastTense, step.summary, about: work.input.object)
        }
        if case .outcome(.settled) = verdict, let id = PassInput(object: work.before, now: 0).importID {
            await events.record(.normal, "Imported", "took over \(id)", about: work.input.object)
        }
        let ready = work.input.object.condition("Ready")
        guard let ready, ready.reason != work.before.condition("Ready")?.reason else { return }
        switch verdict {
        case .failed, .outcome(.rejected), .inUse:
            await events.record(.warning, ready.reason, ready.message, about: work.input.object)
        case .outcome: break
        }
    }
}

extension Step.Verb {
    fileprivate var pastTense: String {
        switch self {
        case .create: "Created"
        case .change: "Changed"
        case .replace: "Replaced"
        case .delete: "Deleted"
        case .ask: "Asked"
        }
    }
}
