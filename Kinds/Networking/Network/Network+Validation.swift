// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

extension Network {
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        guard let spec = try? (new.spec ?? [:]).decode(NetworkSpec.self) else { return [] }
        var issues = spec.subnets.enumerated().flatMap { subnetIssues($1, at: "spec.subnets[\($0)]") }
        issues += overlaps(spec.subnets)
        guard let old = old.flatMap({ try? ($0.spec ?? [:]).decode(NetworkSpec.self) }) else { return issues }
        if old.site != spec.site { issues.append(.immutable("spec.site")) }
        if old.openstack != spec.openstack { issues.append(.immutable("spec.openstack")) }
        for (index, subnet) in spec.subnets.enumerated() {
            guard let before = old.subnets.first(where: { $0.name == subnet.name }), before.cidr != subnet.cidr else {
                continue
            }
            let remedy = "add a subnet with another name, then remove this one"
            issues.append(.immutable("spec.subnets[\(index)].cidr", remedy: remedy))
        }
        return issues
    }

    private static func subnetIssues(_ subnet: NetworkSpec.Subnet, at path: String) -> [FieldIssue] {
        guard let range = IPRange(subnet.cidr) else { return [] }
        var issues: [FieldIssue] = []
        func check(_ text: String, _ field: String, isInside: Bool = true) {
            guard let address = IPAddress(text) else {
                return issues.append(FieldIssue(path: "\(path).\(field)", message: "must be an IP address"))
            }
            guard isInside, !range.contains(address) else { return }
            issues.append(FieldIssue(path: "\(path).\(field)", message: "must lie in \(subnet.cidr)"))
        }
        if !range.isNormal {
            let remedy = range.text.map { ": \($0)" } ?? ""
            let message = "must be written with the range's first address\(remedy)"
            issues.append(FieldIssue(path: "\(path).cidr", message: message))
        }
        if let gateway = subnet.gateway { check(gateway, "gateway") }
        for (index, server) in (subnet.dnsServers ?? []).enumerated() {
            check(server, "dnsServers[\(index)]", isInside: false)
        }
        for (index, pool) in (subnet.allocationPools ?? []).enumerated() {
            check(pool.start, "allocationPools[\(index)].start")
            check(pool.end, "allocationPools[\(index)].end")
            if let start = IPAddress(pool.start), let end = IPAddress(pool.end), end < start {
                issues.append(
                    FieldIssue(path: "\(path).allocationPools[\(index)].end", message: "must not come before start"))
            }
        }
        return issues
    }

    private static func overlaps(_ subnets: [NetworkSpec.Subnet]) -> [FieldIssue] {
        let ranges = subnets.map { IPRange($0.cidr) }
        return subnets.indices.compactMap { index in
            guard let range = ranges[index],
                let other = ranges[..<index].firstIndex(where: { $0?.overlaps(range) == true })
            else { return nil }
            return FieldIssue(
                path: "spec.subnets[\(index)].cidr", message: #"overlaps with the subnet "\#(subnets[other].name)""#)
        }
    }
}
