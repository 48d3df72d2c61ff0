// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

extension Port {
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        guard let spec = try? (new.spec ?? [:]).decode(PortSpec.self) else { return [] }
        var issues: [FieldIssue] = []
        for (index, wanted) in (spec.fixedIPs ?? []).enumerated() {
            guard let address = wanted.address, IPAddress(address) == nil else { continue }
            issues.append(FieldIssue(path: "spec.fixedIPs[\(index)].address", message: "must be an IP address"))
        }
        for (index, pair) in (spec.allowedAddressPairs ?? []).enumerated()
        where IPAddress(pair.address) == nil && IPRange(pair.address) == nil {
            let message = "must be an IP address or a range as 192.0.2.0/24"
            issues.append(FieldIssue(path: "spec.allowedAddressPairs[\(index)].address", message: message))
        }
        issues += securityIssues(spec)
        guard let old = old.flatMap({ try? ($0.spec ?? [:]).decode(PortSpec.self) }) else { return issues }
        if old.network != spec.network { issues.append(.immutable("spec.network")) }
        if old.macAddress != spec.macAddress { issues.append(.immutable("spec.macAddress")) }
        return issues
    }

    /// Neutron refuses groups and pairs where it checks nothing.
    private static func securityIssues(_ spec: PortSpec) -> [FieldIssue] {
        guard !spec.portSecurity else { return [] }
        let message = "must be absent or empty when portSecurity is false"
        let fields = [
            ("spec.securityGroups", spec.securityGroups?.isEmpty),
            ("spec.allowedAddressPairs", spec.allowedAddressPairs?.isEmpty),
        ]
        return fields.filter { $0.1 == false }.map { FieldIssue(path: $0.0, reason: .forbidden, message: message) }
    }
}
