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
            let step = Step(.ask, Change.askForProject, observed.place.askSummary)
            return Steps([step], then: observed.place.waiting(for: project))
        }
        guard let server = observed.server else { return creation(input, observed) }
        if let double = observed.servers.dropFirst().first { return removal(of: double, keeping: server) }
        if input.importID != nil, let step = importStep(server, input, observed) { return Steps([step]) }
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
        let metadata = observed.spec.novaMetadata(input, isImported: !server.carries(input.mark))
        if server.metadata ?? [:] != metadata {
            let difference = Difference(
                "spec.metadata", wanted: Self.words(metadata), found: Self.words(server.metadata ?? [:]))
            steps.append(
                Step(
                    .change, .setMetadata(id: server.id, metadata), "set the server's metadata",
                    differences: [difference]))
        }
        steps += volumeSteps(input, observed) + power(server.status, input, observed)
        var all = floatingIP(steps, input, observed)
        if all.then == .settled, let outcome = volumeOutcome(input, observed) { all.then = outcome }
        return all
    }

    func power(
        _ status: Nova.Server.Status, _ input: PassInput, _ observed: VirtualMachineObserved
    ) -> [Step<Change>] {
        let wish = observed.spec.powerState ?? .running
        let name = input.object.metadata.name
        let difference = Difference("spec.powerState", wanted: wish.rawValue, found: status.rawValue)
        switch (wish, status) {
        case (.running, .shutoff):
            return [Step(.change, .start, #"start server "\#(name)""#, differences: [difference])]
        case (.stopped, .active):
            return [Step(.change, .stop, #"stop server "\#(name)""#, differences: [difference])]
        default: return []
        }
    }

    /// What cannot be changed in a server that is to be taken over, as the step that it would need.
    private func importStep(
        _ server: Nova.Server, _ input: PassInput, _ observed: VirtualMachineObserved
    ) -> Step<Change>? {
        let image = SiteOffers(input.references["spec.site"]).image(observed.spec.image)?.id
        var differences: [Difference] = []
        if let found = server.flavor?.name, found != observed.spec.flavor {
            differences.append(Difference("spec.flavor", wanted: observed.spec.flavor, found: found))
        }
        if let found = server.image?.id, found != image {
            differences.append(Difference("spec.image", wanted: observed.spec.image, found: found))
        }
        guard !differences.isEmpty else { return nil }
        return Step(.replace, .createServer, "replace server \(server.id)", differences: differences)
    }

    /// Names only: a value may be a secret of the customer's.
    private static func words(_ metadata: [String: String]) -> String {
        metadata.isEmpty ? "none" : "values of \(metadata.keys.sorted().joined(separator: ", "))"
    }

    private func groups(_ observed: VirtualMachineObserved) -> [Step<Change>] {
        observed.ports.compactMap { port in
            guard port.isOwn, let object = observed.portObjects[port.key] else { return nil }
            let groups = object.spec?["securityGroups"]?.array?.compactMap(\.string)
            guard groups != port.securityGroups else { return nil }
            return Step(
                .ask, .changeGroups(port: port), #"change the security groups of Port "\#(port.key.name)""#)
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
        guard let port = observed.ports.first, observed.portID(port) != nil else {
            return Steps(steps, then: waiting(for: observed.ports.first, input, observed))
        }
        guard let step = floatingIPStep(input, observed) else {
            return Steps(steps, then: .rejected(.noExternalNetwork(wish, SiteOffers(input.references["spec.site"]))))
        }
        return Steps(steps + [step])
    }

    /// The step that makes the floating IP; absent when none is wished, or the site offers no single network for it.
    func floatingIPStep(_ input: PassInput, _ observed: VirtualMachineObserved) -> Step<Change>? {
        guard let wish = observed.spec.floatingIP else { return nil }
        let offers = SiteOffers(input.references["spec.site"])
        let fits = offers.externalNetworks.filter { wish.externalNetwork == nil || $0.name == wish.externalNetwork }
        guard fits.count == 1, let network = fits.first else { return nil }
        return Step(
            .create, .createFloatingIP(network: network.id), "create floating IP for the server",
            differences: [Difference("spec.floatingIP", wanted: "an address", found: "none")])
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
