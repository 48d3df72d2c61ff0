// SPDX-License-Identifier: Apache-2.0

import OpenStackSimulator

/// Which calls to a site make something, and how badly they may go.
enum Weather {
    /// Every call by which our kinds make something.
    static let creations: [(method: String, path: String)] = [
        ("POST", "/identity/v3/users"), ("POST", "/identity/v3/projects"), ("POST", "/network/v2.0/networks"),
        ("POST", "/network/v2.0/subnets"), ("POST", "/network/v2.0/routers"),
        ("PUT", "/network/v2.0/routers/*/add_router_interface"), ("POST", "/network/v2.0/security-groups"),
        ("POST", "/network/v2.0/security-group-rules"), ("POST", "/network/v2.0/ports"),
        ("POST", "/network/v2.0/floatingips"), ("POST", "/compute/v2.1/os-keypairs"),
        ("POST", "/compute/v2.1/servers"),
    ]

    /// Every call by which they are taken away.
    static let deletions: [(method: String, path: String)] = [
        ("DELETE", "/identity/v3/users/*"), ("DELETE", "/identity/v3/projects/*"), ("DELETE", "/network/v2.0/*/*"),
        ("PUT", "/network/v2.0/routers/*/remove_router_interface"), ("DELETE", "/compute/v2.1/os-keypairs/*"),
        ("DELETE", "/compute/v2.1/servers/*"),
    ]

    /// Two of three calls go well, each other one in a way drawn by the generator; at the end of the storm all do.
    static func storm(over calls: [(method: String, path: String)], using random: inout Seeded) -> [Fault] {
        var faults: [Fault] = []
        for call in calls {
            for _ in 0..<40 {
                let isFine = Int.random(in: 0..<3, using: &random) > 0
                let effect = isFine ? .latency(.milliseconds(.random(in: 0...10, using: &random))) : trouble(&random)
                faults.append(Fault(call.method, call.path, effect))
            }
        }
        let looks = ["/network/v2.0/**", "/compute/v2.1/**", "/identity/v3/**"]
        for path in looks {
            for _ in 0..<20 {
                faults.append(Fault("GET", path, .latency(.zero), count: .random(in: 5...40, using: &random)))
                faults.append(Fault("GET", path, Bool.random(using: &random) ? .expiredToken : .lostAnswer))
            }
        }
        return faults
    }

    private static func trouble(_ random: inout Seeded) -> Fault.Effect {
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: .lostAnswer
        case 2, 3: .lateSuccess(after: .milliseconds(.random(in: 1...1500, using: &random)))
        case 4: .errorAfterSuccess
        case 5: .conflict
        case 6: .tooManyRequests(retryAfter: .seconds(1))
        default: .expiredToken
        }
    }
}
