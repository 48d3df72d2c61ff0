// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension Refusal {
    static func overQuota(_ noun: String) -> Refusal {
        var answer = Refusal("network.over").answer
        let said = answer.body["NeutronError"]?.text("message").replacing("'network'", with: "'\(noun)'")
        answer.body["NeutronError"]?["message"] = .string(said ?? "")
        return Refusal(answer)
    }
}

extension SiteState {
    private func quota(of project: String) -> JSON {
        network.quotas[project] ?? Fixture.template("network.quota.plain", "quota")
    }

    private func used(_ noun: String, _ project: String) -> Int64 {
        let table = NetworkNoun.all.first { $0.name == noun }?.table
        return Int64(table.map { network[keyPath: $0].all.filter { $0.text("project_id") == project }.count } ?? 0)
    }

    func checkQuota(_ noun: String, _ call: Call) throws(Refusal) {
        let limit = quota(of: call.project)[noun]?.integer ?? -1
        if limit >= 0, used(noun, call.project) >= limit { throw Refusal.overQuota(noun) }
    }

    func networkQuota(_ call: Call) -> Answer { Answer(like: "network.quota.plain", "quota", quota(of: call.id)) }

    func networkQuotaDetails(_ call: Call) -> Answer {
        var details = JSONObject()
        for member in quota(of: call.id).object?.members ?? [] {
            let used = JSON.integer(used(member.key, call.id))
            details[member.key] = ["limit": member.value, "used": used, "reserved": 0]
        }
        return Answer(like: "network.quota", "quota", .object(details))
    }

    mutating func updateNetworkQuota(_ call: Call) throws(Refusal) -> Answer {
        guard call.isAdmin else { throw Refusal("network.quota.forbidden") }
        var quota = quota(of: call.id)
        overlay(&quota, call.body["quota"] ?? .null)
        network.quotas[call.id] = quota
        return Answer(like: "network.quota.update", "quota", quota)
    }
}
