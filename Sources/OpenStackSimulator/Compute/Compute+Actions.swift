// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

extension SiteState {
    /// POST /servers/{id}/action.
    mutating func actOnServer(_ call: Call) throws(Refusal) -> Answer {
        var server = try server(call)
        let action = call.body.object?.keys.first ?? ""
        let due = call.now.advanced(by: settings.buildTime)
        switch action {
        case "os-stop":
            guard server.vmState == "active" else { throw Self.wrongState("stop", server) }
            server.start("powering-off", to: .stopped, at: due, now: call.now)
        case "os-start":
            guard server.vmState == "stopped" else { throw Self.wrongState("start", server) }
            server.start("powering-on", to: .active, at: due, now: call.now)
        case "reboot":
            guard ["active", "stopped"].contains(server.vmState) else { throw Self.wrongState("reboot", server) }
            server.start("rebooting", to: .active, at: due, now: call.now)
        default: throw Self.unknown(action)
        }
        compute.servers[call.id] = server
        let name = action.hasPrefix("os-") ? String(action.dropFirst(3)) : action
        noteAction(name, of: call.id, call)
        return Answer(202)
    }

    private static func wrongState(_ action: String, _ server: SimulatedServer) -> Refusal {
        var answer = Refusal("compute.server.stop.conflict").answer
        answer.body["conflictingRequest"]?["message"] = .string(
            "Cannot '\(action)' instance \(server.id) while it is in vm_state \(server.vmState)")
        return Refusal(answer)
    }

    private static func unknown(_ action: String) -> Refusal {
        var answer = Refusal("compute.server.badaction").answer
        answer.body["badRequest"]?["message"] = .string("There is no such action: \(action)")
        return Refusal(answer)
    }

    mutating func noteAction(_ name: String, of server: String, _ call: Call) {
        let recorded = Fixture.template("compute.action.get", "instanceAction")
        var event = recorded["events"]?[0] ?? .null
        event = event.with(["start_time": call.now.zoneless, "finish_time": call.now.zoneless])
        let action = recorded.with([
            "action": .string(name), "instance_uuid": .string(server), "request_id": .string("req-\(uuid())"),
            "user_id": .string(call.token?.user ?? ""), "project_id": .string(call.project),
            "start_time": call.now.zoneless, "updated_at": call.now.zoneless, "events": [event],
        ])
        compute.actions[server, default: []].insert(action, at: 0)
    }

    /// Of a deleted server too.
    private func actions(_ call: Call) throws(Refusal) -> [JSON] {
        guard let server = compute.servers[call.id], call.isAdmin || server.project == call.project else {
            throw Refusal("compute.server.absent", call.id)
        }
        return compute.actions[call.id] ?? []
    }

    func listActions(_ call: Call) throws(Refusal) -> Answer {
        let shown = try actions(call).map { action in
            var short = action
            short["events"] = nil
            return short
        }
        return Answer(like: "compute.action.list", "instanceActions", .array(shown))
    }

    func showAction(_ call: Call) throws(Refusal) -> Answer {
        let id = call.parameters[1]
        guard let action = try actions(call).first(where: { $0.text("request_id") == id }) else {
            throw Refusal("compute.action.absent", id.hasPrefix("req-") ? String(id.dropFirst(4)) : id)
        }
        return Answer(like: "compute.action.get", "instanceAction", action)
    }

    func listInterfaces(_ call: Call) throws(Refusal) -> Answer {
        let shown = try server(call).ports.compactMap { network.ports[$0] }.map { port -> JSON in
            [
                "net_id": port["network_id"] ?? "", "port_id": port["id"] ?? "", "mac_addr": port["mac_address"] ?? "",
                "port_state": port["status"] ?? "", "fixed_ips": port["fixed_ips"] ?? [], "tag": .null,
            ]
        }
        return Answer(like: "compute.interface.list", "interfaceAttachments", .array(shown))
    }
}
