// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

extension FloatingIP {
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        guard let spec = try? (new.spec ?? [:]).decode(FloatingIPSpec.self) else { return [] }
        var issues: [FieldIssue] = []
        func forbid(_ field: String, _ message: String) {
            issues.append(FieldIssue(path: "spec.\(field)", reason: .forbidden, message: message))
        }
        if spec.externalNetwork == "None" {
            issues.append(FieldIssue(path: "spec.externalNetwork", message: "must be Automatic or a name"))
        }
        if let address = spec.address, IPAddress(address)?.version != 4 {
            issues.append(FieldIssue(path: "spec.address", message: "must be an IPv4 address"))
        }
        if spec.port != nil, spec.virtualMachine != nil {
            forbid("virtualMachine", "must be absent when port is there; name one of them")
        }
        if spec.interface != nil, spec.virtualMachine == nil { forbid("interface", "needs virtualMachine") }
        if let address = spec.fixedAddress {
            if spec.port == nil, spec.virtualMachine == nil { forbid("fixedAddress", "needs port or virtualMachine") }
            if IPAddress(address)?.version != 4 {
                issues.append(FieldIssue(path: "spec.fixedAddress", message: "must be an IPv4 address"))
            }
        }
        guard let old = old.flatMap({ try? ($0.spec ?? [:]).decode(FloatingIPSpec.self) }) else { return issues }
        if old.site != spec.site { issues.append(.immutable("spec.site")) }
        if old.externalNetwork != spec.externalNetwork { issues.append(.immutable("spec.externalNetwork")) }
        if old.address != spec.address { issues.append(.immutable("spec.address")) }
        return issues
    }
}
