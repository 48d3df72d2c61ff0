// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension VirtualMachineReconciler {
    /// The steps while there is no server: the objects that it needs, then itself.
    func creation(_ input: PassInput, _ observed: VirtualMachineObserved) -> Steps<Change> {
        if observed.fault != nil, !observed.isRetrying { return Steps(then: .rejected(observed.fault.rejection)) }
        let offers = SiteOffers(input.references["spec.site"])
        if let issue = VirtualMachine.offerIssues(observed.spec, offers).first {
            let message = issue.reason == .notSupported ? issue.message : "\(issue.path) \(issue.message)"
            return Steps(then: .rejected(Rejection(reason: "NotOffered", message: message, fixer: .you)))
        }
        let server =
            [Step(.create, .createServer, observed.spec.summary(input.object))] + volumeSteps(input, observed)
            + power(.active, input, observed)
            + [floatingIPStep(input, observed)].compactMap(\.self)
        if let lack = networkLack(input, observed) { return lack.followed(by: server) }
        let ports = portSteps(input, observed)
        if !ports.steps.isEmpty || ports.then != .settled { return ports.followed(by: server) }
        let keys = keySteps(input, observed)
        if !keys.steps.isEmpty || keys.then != .settled { return keys.followed(by: server) }
        let started = Outcome.polling(after: .seconds(2), because: "the server is being built")
        return Steps(server, then: started)
    }

    /// What is still to be done for the default network; absent when it is ready or not used.
    private func networkLack(_ input: PassInput, _ observed: VirtualMachineObserved) -> Steps<Change>? {
        guard observed.usesDefaultNetwork else { return nil }
        let key = observed.defaultNetworkKey(input.object)
        let name = #"Network "\#(key.name)""#
        let reference = ObjectReference(
            kind: ResourceType.network.kind, key: key, uid: observed.defaultNetwork?.metadata.uid)
        guard let network = observed.defaultNetwork else {
            let step = Step(.create, Change.createDefaultNetwork, "create \(name)")
            return Steps([step], then: .waiting(on: reference, because: "\(name) is not ready"))
        }
        if network.isDeleting {
            return Steps(then: .waiting(on: reference, because: "\(name) is being deleted; another is made after"))
        }
        let owners = network.metadata.ownerReferences
        if owners.contains(where: { $0.kind == type.kind.kind }), !network.isOwned(by: input.object) {
            let step = Step(.change, Change.shareDefaultNetwork, "share \(name)")
            return Steps([step], then: .waiting(on: reference, because: "\(name) is not ready"))
        }
        guard !network.isReady else { return nil }
        return Steps(then: .waiting(on: reference, because: "\(name) is not ready"))
    }

    private func portSteps(_ input: PassInput, _ observed: VirtualMachineObserved) -> Steps<Change> {
        let missing = observed.ports.filter { $0.isOwn && observed.portObjects[$0.key] == nil }
        guard missing.isEmpty else {
            let steps = missing.map { Step(.create, Change.createPort($0), #"create Port "\#($0.key.name)""#) }
            return Steps(steps, then: waiting(for: missing.first, input, observed))
        }
        for port in observed.ports {
            let object = observed.portObjects[port.key]
            if port.isOwn, let object, !object.isOwned(by: input.object) {
                let message = "Port \"\(port.key.name)\" belongs to somebody else; delete it, or name it in networks"
                return Steps(then: .rejected(Rejection(reason: "NameTaken", message: message, fixer: .you)))
            }
            guard object?.isReady == true, object?.isDeleting == false, observed.portID(port) != nil else {
                return Steps(then: waiting(for: port, input, observed))
            }
        }
        return Steps()
    }

    private func keySteps(_ input: PassInput, _ observed: VirtualMachineObserved) -> Steps<Change> {
        for (index, name) in (observed.spec.sshKeys ?? []).prefix(1).enumerated() {
            let field = VirtualMachineSpec.keyField(index)
            guard let key = input.references[field], SiteNeed.id(of: key, at: observed.spec.site) == nil else {
                continue
            }
            let said = SiteNeed.message(of: key, at: observed.spec.site).map { ": \($0)" } ?? ""
            let then = Outcome.waiting(
                on: key.reference, because: #"SSHKey "\#(name)" is not ready at site "\#(observed.spec.site)"\#(said)"#)
            if SiteNeed.sites(of: key).contains(observed.spec.site) { return Steps(then: then) }
            let summary = #"ask for SSHKey "\#(name)" at site "\#(observed.spec.site)""#
            return Steps([Step(.ask, .askForKey(field: field), summary)], then: then)
        }
        return Steps()
    }

    func waiting(
        for port: VirtualMachinePort?, _ input: PassInput, _ observed: VirtualMachineObserved
    ) -> Outcome {
        let key = port?.key ?? input.object.key
        let object = observed.portObjects[key]
        let said = object?.condition("Ready")?.message ?? ""
        return .waiting(
            on: ObjectReference(kind: ResourceType.port.kind, key: key, uid: object?.metadata.uid),
            because: #"Port "\#(key.name)" is not ready\#(said.isEmpty ? "" : ": \(said)")"#)
    }
}

extension Steps where Change == VirtualMachineReconciler.Change {
    /// The same, showing what comes after; an outcome without steps stays as it is.
    fileprivate func followed(by later: [Step<Change>]) -> Steps {
        steps.isEmpty ? self : Steps(steps + later, then: then)
    }
}

extension VirtualMachineSpec {
    /// How a creation is called; it follows from the spec alone.
    fileprivate func summary(_ object: Object) -> String {
        let disk = rootDisk.map { ", \($0.sizeGiB) GiB root volume" } ?? ""
        return #"create server "\#(object.metadata.name)" (\#(flavor)\#(disk))"#
    }
}
