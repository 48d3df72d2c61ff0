// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension VirtualMachineReconciler {
    func steps(_ input: PassInput, _ observed: VirtualMachineObserved) -> Steps<Change> {
        if input.object.isDeleting { return deletion(input, observed) }
        let project = input.references["metadata.namespace"]
        switch observed.standing {
        case .ready: break
        case .asked: return Steps(then: observed.place.waiting(for: project))
        case .unasked:
            let step = Step(.change, Change.askForProject, observed.place.askSummary)
            return Steps([step], then: observed.place.waiting(for: project))
        }
        guard let server = observed.server else { return creation(input, observed) }
        if let double = observed.servers.dropFirst().first { return removal(of: double, keeping: server) }
        if server.status == .error { return failed(server, input, observed) }
        if server.isBusy {
            return Steps(
                then: .polling(after: .seconds(2), because: "server is \(server.taskState ?? server.status.rawValue)"))
        }
        return upkeep(server, input, observed)
    }

    /// After a double, all but one go.
    private func removal(of double: Nova.Server, keeping server: Nova.Server) -> Steps<Change> {
        let then = Outcome.polling(after: .seconds(2), because: "server \(double.id) is being deleted")
        guard !double.isBeingDeleted else { return Steps(then: then) }
        return Steps(
            [Step(.delete, .deleteServer(id: double.id), "delete server \(double.id), the double of \(server.id)")],
            then: then)
    }

    private func failed(
        _ server: Nova.Server, _ input: PassInput, _ observed: VirtualMachineObserved
    ) -> Steps<Change> {
        guard let fault = observed.fault, observed.isRetrying else {
            return Steps(then: .rejected(observed.fault.rejection))
        }
        let then = Outcome.polling(after: .seconds(2), because: "failed server \(fault.serverID) is being deleted")
        guard !server.isBeingDeleted else { return Steps(then: then) }
        return Steps([Step(.delete, .deleteServer(id: server.id), "delete failed server \(server.id)")], then: then)
    }
}

// MARK: - Upkeep

extension VirtualMachineReconciler {
    /// What is changed in place.
    private func upkeep(
        _ server: Nova.Server, _ input: PassInput, _ observed: VirtualMachineObserved
    ) -> Steps<Change> {
        var steps = groups(observed)
        let metadata = observed.spec.novaMetadata(input)
        if server.metadata ?? [:] != metadata {
            steps.append(Step(.change, .setMetadata(id: server.id, metadata), "set the server's metadata"))
        }
        let wish = observed.spec.powerState ?? .running
        if wish == .running, server.status == .shutoff {
            steps.append(Step(.change, .start(id: server.id), "start server \(server.id)"))
        }
        if wish == .stopped, server.status == .active {
            steps.append(Step(.change, .stop(id: server.id), "stop server \(server.id)"))
        }
        return floatingIP(steps, input, observed)
    }

    private func groups(_ observed: VirtualMachineObserved) -> [Step<Change>] {
        observed.ports.compactMap { port in
            guard port.isOwn, let object = observed.portObjects[port.key] else { return nil }
            let groups = object.spec?["securityGroups"]?.array?.compactMap(\.string)
            guard groups != port.securityGroups else { return nil }
            return Step(
                .change, .changeGroups(port: port), #"change the security groups of Port "\#(port.key.name)""#)
        }
    }

    private func floatingIP(
        _ steps: [Step<Change>], _ input: PassInput, _ observed: VirtualMachineObserved
    ) -> Steps<Change> {
        guard let wish = observed.spec.floatingIP else {
            let removals = observed.floatingIPs.map {
                Step(.delete, Change.deleteFloatingIP(id: $0.id), "release floating IP \($0.address)")
            }
            return Steps(steps + removals)
        }
        guard observed.floatingIPs.isEmpty else { return Steps(steps) }
        guard let port = observed.ports.first, let id = observed.portID(port) else {
            return Steps(steps, then: waiting(for: observed.ports.first, input, observed))
        }
        let offers = SiteOffers(input.references["spec.site"])
        let fits = offers.externalNetworks.filter { wish.externalNetwork == nil || $0.name == wish.externalNetwork }
        guard fits.count == 1, let network = fits.first else {
            return Steps(steps, then: .rejected(.noExternalNetwork(wish, offers)))
        }
        let step = Step(
            .create, Change.createFloatingIP(network: network.id, port: id), "create floating IP for the server")
        return Steps(steps + [step])
    }
}

// MARK: - Deletion

extension VirtualMachineReconciler {
    private func deletion(_ input: PassInput, _ observed: VirtualMachineObserved) -> Steps<Change> {
        var steps = observed.floatingIPs.map {
            Step(.delete, Change.deleteFloatingIP(id: $0.id), "release floating IP \($0.address)")
        }
        let running = observed.servers.filter { !$0.isBeingDeleted }
        steps += running.map { Step(.delete, .deleteServer(id: $0.id), "delete server \($0.id)") }
        if let server = observed.servers.first {
            return Steps(steps, then: .polling(after: .seconds(2), because: "server \(server.id) is being deleted"))
        }
        let ports = observed.ports.compactMap { observed.portObjects[$0.key] }.filter { $0.isOwned(by: input.object) }
        steps += ports.filter { !$0.isDeleting }.map {
            Step(.delete, .deletePort($0.key), #"delete Port "\#($0.metadata.name)""#)
        }
        guard let port = ports.first else { return Steps(steps, then: .gone) }
        return Steps(
            steps,
            then: .waiting(on: port.reference, because: #"Port "\#(port.metadata.name)" is still being deleted"#))
    }
}

extension Nova.Server {
    var isBeingDeleted: Bool { taskState == "deleting" }
    var isBusy: Bool { status == .build || taskState != nil }
}

extension Object {
    /// Whether another object made this one.
    func isOwned(by owner: Object) -> Bool {
        metadata.ownerReferences.contains { $0.uid == owner.metadata.uid }
    }
}

extension VirtualMachineStatus.Fault? {
    /// What a user is told of a server that failed.
    var rejection: Rejection {
        guard let self else {
            return Rejection(reason: "ServerError", message: "the server is in ERROR", fixer: .provider)
        }
        let proof = requestID(self)
        let retry = "set the annotation \(VirtualMachine.retryAnnotation) to anything new to try again"
        let isProviders = self.reason == "ServerError"
        return Rejection(
            reason: self.reason, message: "\(self.message)\(proof); \(retry)", fixer: isProviders ? .provider : .you)
    }

    private func requestID(_ fault: VirtualMachineStatus.Fault) -> String {
        fault.requestID.map { " (\($0))" } ?? ""
    }
}

extension Rejection {
    fileprivate static func noExternalNetwork(
        _ wish: VirtualMachineSpec.FloatingIP, _ offers: SiteOffers
    ) -> Rejection {
        let names = offers.externalNetworks.map(\.name).sorted().joined(separator: ", ")
        let offered = names.isEmpty ? "it offers none" : "it offers \(names)"
        let wished =
            wish.externalNetwork.map { "external network \"\($0)\" is not offered at" } ?? "no single choice at"
        return Rejection(
            reason: "ExternalNetworkNotOffered", message: "\(wished) site \"\(offers.site)\"; \(offered)", fixer: .you)
    }
}
