// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension SiteState {
    /// POST /volumes/{id}/action.
    mutating func actOnVolume(_ call: Call) throws(Refusal) -> Answer {
        let volume = try volume(call)
        let id = call.parameters[1]
        let isIdle = ["available", "in-use"].contains(volume.text("status"))
        let action = call.body.object?.keys.first ?? ""
        let wish = call.body[action] ?? .null
        switch action {
        case "os-extend":
            guard isIdle else { throw Refusal("volume.volume.extend.busy", id) }
            try extend(volume, to: wish["new_size"]?.integer ?? 0, call)
            return Answer(recorded: "volume.volume.extend")
        case "os-retype":
            let type = wish.text("new_type")
            try checkType(type, "volume.volume.retype.absent")
            guard isIdle, type != volume.text("volume_type") else { throw Refusal("volume.volume.retype.same") }
            let after: JSON = ["status": volume["status"] ?? .null, "volume_type": .string(type)]
            begin("retyping", volume: id, call.now, then: after)
            return Answer(recorded: "volume.volume.retype")
        case "os-set_bootable":
            volumes[id]?["bootable"] = wish["bootable"]?.bool == true ? "true" : "false"
            return Answer(recorded: "volume.volume.bootable")
        default: return Answer(501, ["error": ["code": 501, "message": "never recorded: see testbed/record"]])
        }
    }

    private mutating func extend(_ volume: JSON, to size: Int64, _ call: Call) throws(Refusal) {
        let old = volume["size"]?.integer ?? 0
        guard size > old else { throw Refusal("volume.volume.shrink") }
        try checkGigabytes(size - old, "volume.volume.overquota", call)
        begin(
            "extending", volume: volume.text("id"), call.now,
            then: ["status": volume["status"] ?? .null, "size": .integer(size)])
    }
}
