// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension RouterReconciler {
    func steps(_ input: PassInput, _ observed: RouterObserved) -> Steps<Change> {
        if input.object.isDeleting { return Steps(deletion(observed), then: .gone) }
        let project = input.references["metadata.namespace"]
        switch observed.standing {
        case .ready: break
        case .asked: return Steps(then: observed.place.waiting(for: project))
        case .unasked:
            let step = Step(.ask, Change.askForProject, observed.place.askSummary)
            return Steps([step], then: observed.place.waiting(for: project))
        }
        if let obstacle = observed.obstacle { return Steps(then: .rejected(obstacle)) }
        if case .unclear(let message) = observed.external, observed.keptExternal == nil {
            return Steps(
                then: .rejected(Rejection(reason: "ExternalNetworkNotOffered", message: message, fixer: .you)))
        }
        return Steps(
            removals(observed) + router(input, observed) + additions(observed) + routes(observed))
    }

    private func deletion(_ observed: RouterObserved) -> [Step<Change>] {
        let routed = observed.routers.filter { $0.routes?.isEmpty == false }
        return routed.map { Step(.delete, .change(id: $0.id, ["routes": []]), "clear the routes of router \($0.id)") }
            + observed.interfaces.map { removal($0, observed) }
            + observed.routers.map { Step(.delete, .delete(id: $0.id), "delete router \($0.id)") }
    }

    private func removal(_ interface: RouterObserved.Interface, _ observed: RouterObserved) -> Step<Change> {
        let name = observed.name(ofSubnet: interface.subnet)
        return Step(
            .delete, .removeInterface(interface), #"take the router out of subnet "\#(name)""#,
            differences: [Difference("spec.networks", wanted: "nothing more", found: name)])
    }

    /// Neutron keeps an interface that a route goes through, so routes that are wanted no more go first.
    private func removals(_ observed: RouterObserved) -> [Step<Change>] {
        guard !observed.leaves.isEmpty else { return [] }
        let isTrimmed = observed.kept.count < observed.found.count
        return (isTrimmed ? [step(toRoutes: observed.kept, observed)] : [])
            + observed.leaves.map { removal($0, observed) }
    }

    private func additions(_ observed: RouterObserved) -> [Step<Change>] {
        observed.wanted.filter { place in !observed.interfaces.contains { $0.subnet == place.id } }.map { place in
            let name = "\(place.network)/\(place.subnet)"
            return Step(
                .create, .addInterface(place), #"put the router into subnet "\#(name)""#,
                differences: [Difference("spec.networks[\(place.network)]", wanted: name, found: "nothing")])
        }
    }

    /// Neutron takes no route to an address that no interface reaches, so they come last.
    private func routes(_ observed: RouterObserved) -> [Step<Change>] {
        let isTrimmed = !observed.leaves.isEmpty
        return Set(observed.routes) == Set(isTrimmed ? observed.kept : observed.found)
            ? [] : [step(toRoutes: observed.routes, observed)]
    }

    private func step(toRoutes routes: [Neutron.Route], _ observed: RouterObserved) -> Step<Change> {
        let difference = Difference("spec.routes", wanted: routes.words, found: observed.found.words)
        return Step(.change, .setRoutes(routes), "set the routes: \(routes.words)", differences: [difference])
    }

    private func router(_ input: PassInput, _ observed: RouterObserved) -> [Step<Change>] {
        let name = input.object.metadata.name
        guard let router = observed.routers.first else {
            let difference = Difference("status.id", wanted: "a router", found: "nothing")
            return [
                Step(
                    .create, .create(external: observed.wantedExternal), #"create router "\#(name)""#,
                    differences: [difference])
            ]
        }
        var changes: [FieldChange] = []
        if router.name != name, !observed.isImported {
            changes.append(
                FieldChange("name", to: .string(name), field: "metadata.name", wanted: name, found: router.name))
        }
        if let gateway = observed.gatewayChange(from: router) { changes.append(gateway) }
        guard !changes.isEmpty else { return [] }
        let summary = #"change \#(changes.names) of router "\#(name)""#
        return [
            Step(.change, .change(id: router.id, changes.body), summary, differences: changes.differences)
        ]
    }
}

extension RouterObserved {
    /// With `Automatic`, the external network that was once chosen stays.
    fileprivate var keptExternal: String? {
        spec.externalNetwork == "Automatic" ? routers.first?.gateway?.networkID : nil
    }

    fileprivate var wantedExternal: String? {
        if let keptExternal { return keptExternal }
        return if case .id(let id) = external { id } else { nil }
    }

    fileprivate var routes: [Neutron.Route] {
        (spec.routes ?? []).map { Neutron.Route(destination: $0.destination, nextHop: $0.nextHop) }
    }

    fileprivate var found: [Neutron.Route] { routers.first?.routes ?? [] }
    fileprivate var kept: [Neutron.Route] { found.filter { routes.contains($0) } }

    /// The places that the router is to leave.
    fileprivate var leaves: [Interface] {
        let wanted = wanted.map(\.id)
        return interfaces.filter { !wanted.contains($0.subnet) }
    }

    /// Translation is said only when the spec does, as most sites let members say nothing of it.
    fileprivate func gatewayChange(from router: Neutron.Router) -> FieldChange? {
        let (wanted, found) = (wantedExternal, router.gateway)
        var value: JSON = .null
        if let wanted { value = ["network_id": .string(wanted)] }
        if wanted != nil, let snat = spec.snat { value["enable_snat"] = .bool(snat) }
        if wanted != found?.networkID {
            return FieldChange(
                "external_gateway_info", to: value, field: "spec.externalNetwork", wanted: spec.externalNetwork,
                found: found?.networkID ?? "None")
        }
        guard wanted != nil, let snat = spec.snat, snat != found?.enableSNAT else { return nil }
        return FieldChange(
            "external_gateway_info", to: value, field: "spec.snat", wanted: "\(snat)",
            found: found?.enableSNAT.map { "\($0)" })
    }
}

extension [Neutron.Route] {
    fileprivate var words: String {
        isEmpty ? "none" : map { "\($0.destination) to \($0.nextHop)" }.joined(separator: ", ")
    }
}
