// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

/// Nova's things.
struct ComputeState: Codable, Sendable {
    var servers = Table<SimulatedServer>()
    /// By user, then in the order of their making: keys belong to users, not to projects.
    var keypairs: [String: [JSON]] = [:]
    /// By server, the newest first; they outlive it.
    var actions: [String: [JSON]] = [:]
    /// What an administrator changed, by project.
    var quotas: [String: JSON] = [:]
}

/// A server, its ports and its disks.
struct SimulatedServer: Codable, Sendable {
    /// As it is shown, without addresses, which the ports know.
    var json: JSON
    var project: String
    /// Those that Nova made, which go with the server.
    var ownPorts: [String] = []
    /// Those that were there before and stay.
    var givenPorts: [String] = []
    /// Those that go with the server.
    var ownVolumes: [String] = []
    var keptVolumes: [String] = []
    /// What it is on its way to, and since when it is there.
    var next: Next?
    var isDeleted = false

    /// The end of a change that is under way.
    struct Next: Codable, Sendable {
        let phase: Phase
        let due: Date
    }

    /// Nova's three words for one state.
    struct Phase: Codable, Sendable {
        let status: String
        let vmState: String
        let powerState: Int64

        static let active = Phase(status: "ACTIVE", vmState: "active", powerState: 1)
        static let stopped = Phase(status: "SHUTOFF", vmState: "stopped", powerState: 4)
        static let deleted = Phase(status: "DELETED", vmState: "deleted", powerState: 0)
    }

    var id: String { json.text("id") }
    var ports: [String] { givenPorts + ownPorts }
    var vmState: String { json.text("OS-EXT-STS:vm_state") }

    mutating func enter(_ phase: Phase, at now: Date) {
        json["status"] = .string(phase.status)
        json["OS-EXT-STS:vm_state"] = .string(phase.vmState)
        json["OS-EXT-STS:power_state"] = .integer(phase.powerState)
        json["OS-EXT-STS:task_state"] = .null
        json["updated"] = now.seconds
        next = nil
    }

    /// Begins a change that ends later.
    mutating func start(_ task: String, to phase: Phase, at due: Date, now: Date) {
        json["OS-EXT-STS:task_state"] = .string(task)
        json["updated"] = now.seconds
        next = Next(phase: phase, due: due)
    }
}
