// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

extension SecurityGroup {
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        guard let spec = try? (new.spec ?? [:]).decode(SecurityGroupSpec.self) else { return [] }
        var issues: [FieldIssue] = []
        var seen: [RuleShape] = []
        for (index, rule) in (spec.rules ?? []).enumerated() {
            let path = "spec.rules[\(index)]"
            issues += ruleIssues(rule, at: path)
            let shape = RuleShape(rule, remoteGroup: rule.group)
            if seen.contains(shape) {
                issues.append(FieldIssue(path: path, reason: .duplicate, message: "is the same as an earlier rule"))
            }
            seen.append(shape)
        }
        if old?.spec?["site"]?.string.map({ $0 != spec.site }) == true { issues.append(.immutable("spec.site")) }
        return issues
    }

    private static func ruleIssues(_ rule: SecurityGroupSpec.Rule, at path: String) -> [FieldIssue] {
        var issues: [FieldIssue] = []
        func add(_ field: String, _ message: String) {
            issues.append(FieldIssue(path: "\(path).\(field)", message: message))
        }
        if let number = Int(rule.protocol), number > 255 { add("protocol", "must be from 0 to 255") }
        if rule.ports != nil {
            if !["tcp", "udp", "6", "17"].contains(rule.protocol) { add("ports", "is only for protocol tcp or udp") }
            let (least, most) = rule.portRange
            if !(1...65535).contains(least ?? 0) || !(1...65535).contains(most ?? 0) {
                add("ports", "must be from 1 to 65535")
            } else if let least, let most, least > most {
                add("ports", "must not end before it begins")
            }
        }
        if rule.cidr != nil, rule.group != nil { add("group", "must be absent when cidr is there; make two rules") }
        if let range = rule.cidr.flatMap({ IPRange($0) }), range.version != rule.ipVersion {
            add("cidr", "must be of \(rule.ethertype), as ethertype says")
        }
        return issues
    }
}

extension SecurityGroupSpec.Rule {
    var ipVersion: Int { ethertype == "IPv6" ? 6 : 4 }

    /// The first and the last port; absent for all.
    var portRange: (Int?, Int?) {
        let parts = (ports ?? "").split(separator: "-").map { Int($0) }
        return (parts.first ?? nil, parts.last ?? nil)
    }
}
