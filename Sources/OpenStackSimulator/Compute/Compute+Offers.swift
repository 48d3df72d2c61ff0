// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension SiteState {
    /// The flavors of the real site, which are SCS's.
    private static let flavors = Fixture.template("compute.flavor.list", "flavors").array ?? []

    static func flavor(_ id: String) -> JSON? { flavors.first { $0.text("id") == id } }

    static func listFlavors(_ call: Call) -> Answer {
        Listing(collection: "flavors", path: "/compute/v2.1/flavors/detail").answer(flavors, call)
    }

    private func quota(of project: String) -> JSON {
        let quota = compute.quotas[project] ?? Fixture.template("compute.quota.get", "quota_set")
        return quota.with(["id": .string(project)])
    }

    func computeQuota(_ call: Call) -> Answer { Answer(like: "compute.quota.get", "quota_set", quota(of: call.id)) }

    mutating func updateComputeQuota(_ call: Call) throws(Refusal) -> Answer {
        guard call.isAdmin else { throw Refusal("compute.quota.forbidden") }
        var quota = quota(of: call.id)
        overlay(&quota, call.body["quota_set"] ?? .null)
        compute.quotas[call.id] = quota
        return Answer(like: "compute.quota.update", "quota_set", quota)
    }

    /// Instances, cores and MiB of memory that a project's servers take.
    private func used(by project: String) -> [Int64] {
        compute.servers.all.filter { $0.project == project && !$0.isDeleted }.reduce([0, 0, 0]) { sum, server in
            let flavor = server.json["flavor"] ?? .null
            return [sum[0] + 1, sum[1] + (flavor["vcpus"]?.integer ?? 0), sum[2] + (flavor["ram"]?.integer ?? 0)]
        }
    }

    func computeLimits(_ call: Call) -> Answer {
        let quota = quota(of: call.project)
        let used = used(by: call.project)
        var limits = Fixture.template("compute.limits", "limits")
        limits["absolute"] = limits["absolute"]?.with([
            "maxTotalInstances": quota["instances"] ?? .null, "maxTotalCores": quota["cores"] ?? .null,
            "maxTotalRAMSize": quota["ram"] ?? .null, "totalInstancesUsed": .integer(used[0]),
            "totalCoresUsed": .integer(used[1]), "totalRAMUsed": .integer(used[2]),
        ])
        return Answer(200, ["limits": limits])
    }

    /// Nova's refusal names what is too much, in its own order.
    func checkQuota(_ flavor: JSON, count: Int64, _ call: Call) throws(Refusal) {
        let quota = quota(of: call.project)
        let used = used(by: call.project)
        let wanted = [count, count * (flavor["vcpus"]?.integer ?? 0), count * (flavor["ram"]?.integer ?? 0)]
        let names = ["instances", "cores", "ram"]
        let over = [1, 0, 2].filter { index in
            let limit = quota[names[index]]?.integer ?? -1
            return limit >= 0 && used[index] + wanted[index] > limit
        }
        guard !over.isEmpty else { return }
        func list(_ value: (Int) -> String) -> String { over.map(value).joined(separator: ", ") }
        let kinds = list { names[$0] }
        let limits = list { quota[names[$0]]?.integer.map(String.init) ?? "" }
        var answer = Refusal("compute.server.quota").answer
        answer.body["forbidden"]?["message"] = .string(
            "Quota exceeded for \(kinds): Requested \(list { String(wanted[$0]) }), but already used "
                + "\(list { String(used[$0]) }) of \(limits) \(kinds)")
        throw Refusal(answer)
    }
}
