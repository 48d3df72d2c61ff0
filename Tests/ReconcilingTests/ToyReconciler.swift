// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Reconciling
import ReconcilingTesting
import Resources

/// A box with a lid: two creations in a row, a change, deletions, and an optional base that it stands on.
struct ToyReconciler: Reconciler {
    struct Observed: Hashable, Sendable {
        var box: ToyWorld.Thing?
        var lid: ToyWorld.Thing?
    }

    enum Change: Hashable, Sendable {
        case createBox(Int64)
        case createLid
        case resize(String, Int64)
        case delete(String)
    }

    let world: ToyWorld
    /// Shared with the client, so that a test can kill the process at any call.
    var crash = CrashSwitch()
    /// Happens before each creation: a call that takes long.
    var beforeCreation: @Sendable () -> Void = {}

    static let type = ResourceType(group: "toys.scs.community", version: "v1", kind: "Toy", plural: "toys")
    static let base = ResourceType(group: "toys.scs.community", version: "v1", kind: "Base", plural: "bases")
    var type: ResourceType { Self.type }

    func references(of object: Object) -> [Reference] {
        guard let name = object.spec?["base"]?.string else { return [] }
        var key = object.key
        key.name = name
        return [Reference(field: "spec.base", type: Self.base, key: key)]
    }

    func observe(_ input: PassInput) async throws -> Observed {
        Observed(box: try await find("box", input), lid: try await find("lid", input))
    }

    private func find(_ kind: String, _ input: PassInput) async throws -> ToyWorld.Thing? {
        let id = input.object.status?["\(kind)ID"]?.string
        if let id, let thing = try await crash.call({ try world.thing(id) }) { return thing }
        guard id == nil || input.intent != nil else { return nil }
        return try await crash.call { try world.things(mark: input.mark) }.first { $0.kind == kind }
    }

    func steps(_ input: PassInput, _ observed: Observed) -> Steps<Change> {
        if input.object.isDeleting {
            let steps = [observed.lid, observed.box].compactMap { $0 }.map {
                Step(.delete, Change.delete($0.id), "delete \($0.kind)")
            }
            return Steps(steps, then: .gone)
        }
        let size = input.object.spec?["size"]?.integer ?? 1
        var steps: [Step<Change>] = []
        if observed.box == nil { steps.append(Step(.create, .createBox(size), "create box of \(size)")) }
        if observed.lid == nil { steps.append(Step(.create, .createLid, "create lid")) }
        if let box = observed.box, box.size != size {
            steps.append(Step(.change, .resize(box.id, size), "resize box to \(size)"))
        }
        return Steps(steps)
    }

    func perform(_ step: Step<Change>, _ input: PassInput, _ observed: Observed) async throws -> Observed {
        if step.verb == .create { beforeCreation() }
        return try await crash.call {
            var observed = observed
            switch step.change {
            case .createBox(let size): observed.box = try world.create("box", mark: input.mark, size: size)
            case .createLid: observed.lid = try world.create("lid", mark: input.mark, size: 0)
            case .resize(let id, let size): observed.box = try world.resize(id, to: size)
            case .delete(let id):
                try world.delete(id)
                if observed.box?.id == id { observed.box = nil } else { observed.lid = nil }
            }
            return observed
        }
    }

    func status(_ input: PassInput, _ observed: Observed) -> JSONObject {
        var status = JSONObject()
        if let box = observed.box {
            status["boxID"] = .string(box.id)
            status["size"] = .integer(box.size)
        }
        if let lid = observed.lid { status["lidID"] = .string(lid.id) }
        return status
    }

    func remembered(_ input: PassInput) -> Observed? {
        func thing(_ kind: String) -> ToyWorld.Thing? {
            input.object.status?["\(kind)ID"]?.string.map {
                let size = input.object.status?["size"]?.integer ?? 0
                return ToyWorld.Thing(id: $0, mark: input.mark, kind: kind, size: size, visible: .zero)
            }
        }
        return Observed(box: thing("box"), lid: thing("lid"))
    }
}

extension ObjectKey {
    static let web = ObjectKey(organization: "acme", namespace: "prod", name: "web")
}

extension Object {
    static func toy(_ spec: JSON = ["size": 3]) -> Object { Object(ToyReconciler.type.kind, key: .web, spec: spec) }

    /// A base that is ready, or not.
    static func base(isReady: Bool) -> Object {
        let key = ObjectKey(organization: "acme", namespace: "prod", name: "ground")
        var base = Object(ToyReconciler.base.kind, key: key)
        let ready: JSON = ["type": "Ready", "status": isReady ? "True" : "False", "reason": "Settled"]
        base.status = ["conditions": [ready]]
        return base
    }

    var ready: Condition? { condition("Ready") }
    var intent: Intent? { Intent(tree: status?["intent"]) }
}
