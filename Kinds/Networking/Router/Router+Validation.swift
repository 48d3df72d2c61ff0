// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

extension Router {
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        guard let spec = try? (new.spec ?? [:]).decode(RouterSpec.self) else { return [] }
        var issues: [FieldIssue] = []
        if spec.snat != nil, spec.externalNetwork == "None" {
            let message = "must be absent when externalNetwork is None"
            issues.append(FieldIssue(path: "spec.snat", reason: .forbidden, message: message))
        }
        for (index, route) in (spec.routes ?? []).enumerated() {
            issues += routeIssues(route, at: "spec.routes[\(index)]")
        }
        guard let old = old.flatMap({ try? ($0.spec ?? [:]).decode(RouterSpec.self) }) else { return issues }
        if old.site != spec.site { issues.append(.immutable("spec.site")) }
        return issues
    }

    private static func routeIssues(_ route: RouterSpec.Route, at path: String) -> [FieldIssue] {
        guard let destination = IPRange(route.destination) else { return [] }
        guard let nextHop = IPAddress(route.nextHop) else {
            return [FieldIssue(path: "\(path).nextHop", message: "must be an IP address")]
        }
        var issues: [FieldIssue] = []
        if !destination.isNormal {
            let remedy = destination.text.map { ": \($0)" } ?? ""
            let message = "must be written with the range's first address\(remedy)"
            issues.append(FieldIssue(path: "\(path).destination", message: message))
        }
        if nextHop.version != destination.version {
            let message = "must be of the destination's IP version, IPv\(destination.version)"
            issues.append(FieldIssue(path: "\(path).nextHop", message: message))
        }
        return issues
    }
}
