// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStackSimulator
import Testing

@Suite("A cloud that says no for a while", .timeLimit(.minutes(2)))
struct CloudTroubleTests {
    struct Trouble: CustomTestStringConvertible, Sendable {
        /// Of the object that meets it first, and the call that it makes.
        var kind: String
        var call: String
        var effect: Fault.Effect
        /// What its condition says meanwhile.
        var reason: String

        var testDescription: String { "\(reason) of \(kind)" }
    }

    private static let troubles = [
        Trouble(kind: "Network", call: "/network/v2.0/networks", effect: .quotaExceeded, reason: "QuotaExceeded"),
        Trouble(
            kind: "Port", call: "/network/v2.0/ports", effect: .tooManyRequests(retryAfter: .seconds(1)),
            reason: "Throttled"),
        Trouble(kind: "VirtualMachine", call: "/compute/v2.1/servers", effect: .quotaExceeded, reason: "QuotaExceeded"),
    ]

    @Test("a full quota and a throttle are named while they last, and all goes on by itself when they end")
    func refusals() async throws {
        var random = Seeded(state: .testSeed)
        let fleet = Fleet(of: ["acme"], machines: 2, using: &random)
        try await Stage.play { stage in
            for trouble in Self.troubles {
                stage.site.add(Fault("POST", trouble.call, trouble.effect, count: .max))
            }
            try await stage.open(["acme"])
            await Clerk(fleet).create(try stage.server.admin())
            for (index, trouble) in Self.troubles.enumerated() {
                try await stage.eventually("\(trouble.reason) of a \(trouble.kind)") {
                    try await stage.objects().contains { object in
                        object["kind"]?.string == trouble.kind
                            && object.condition("Ready")?["reason"]?.string == trouble.reason
                    }
                }
                stage.site.clearFaults()
                for later in Self.troubles[(index + 1)...] {
                    stage.site.add(Fault("POST", later.call, later.effect, count: .max))
                }
            }
            try await stage.expectOneOfEach("after the troubles")
        }
    }

    @Test("a token that expires between any two calls is renewed, and nobody notices")
    func tokens() async throws {
        var random = Seeded(state: .testSeed)
        let fleet = Fleet(of: ["acme"], machines: 2, using: &random)
        try await Stage.play { stage in
            try await stage.open(["acme"])
            // Refused once, each call goes again with a new token, which the fault after the next spares.
            for service in ["/network/v2.0/**", "/compute/v2.1/**"] {
                for _ in 0..<30 {
                    stage.site.add(Fault(nil, service, .expiredToken))
                    stage.site.add(Fault(nil, service, .latency(.zero), count: 2))
                }
            }
            await Clerk(fleet).create(try stage.server.admin())
            try await stage.expectOneOfEach("with tokens that expire")
        }
    }
}
