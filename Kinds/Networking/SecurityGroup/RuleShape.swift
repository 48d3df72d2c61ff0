// SPDX-License-Identifier: Apache-2.0

import OpenStack

/// What a rule does, whichever way it is written: equal rules allow the same.
///
/// Names of protocols become numbers, the range of all addresses is the same as none, and ranges are compared by value.
/// https://docs.openstack.org/api-ref/network/v2/#security-group-rules-security-group-rules
struct RuleShape: Hashable, Sendable {
    var isIngress: Bool
    var ipVersion: Int
    /// An IP protocol's number; absent for any.
    var protocolNumber: Int?
    var ports: ClosedRange<Int>?
    var range: IPRange?
    var remoteGroup: String?

    /// A rule of a spec; the other group by whichever name the caller compares.
    init(_ rule: SecurityGroupSpec.Rule, remoteGroup: String?) {
        isIngress = rule.direction == .ingress
        ipVersion = rule.ipVersion
        protocolNumber = Self.number(rule.protocol, ipVersion)
        ports = Self.ports(rule.portRange.0, rule.portRange.1)
        range = Self.range(rule.cidr)
        self.remoteGroup = remoteGroup
    }

    /// A rule as Neutron shows it.
    init(_ rule: Neutron.SecurityGroupRule) {
        isIngress = rule.direction == "ingress"
        ipVersion = rule.etherType == "IPv6" ? 6 : 4
        protocolNumber = Self.number(rule.protocol ?? "any", ipVersion)
        ports = Self.ports(rule.portRangeMin, rule.portRangeMax)
        range = Self.range(rule.normalizedCIDR ?? rule.remoteIPPrefix)
        remoteGroup = rule.remoteGroupID
    }

    /// One of the two rules that Neutron gives a new group: everything out.
    static func allOut(ipVersion: Int) -> RuleShape {
        RuleShape(
            .init(direction: .egress, protocol: "any", ethertype: ipVersion == 6 ? "IPv6" : "IPv4"), remoteGroup: nil)
    }

    private static func number(_ word: String, _ ipVersion: Int) -> Int? {
        switch word.lowercased() {
        case "any": nil
        case "tcp": 6
        case "udp": 17
        // In IPv6, Neutron takes either word for the same.
        case "icmp": ipVersion == 6 ? 58 : 1
        case "ipv6-icmp", "icmpv6": 58
        default: Int(word) ?? -1
        }
    }

    private static func ports(_ least: Int?, _ most: Int?) -> ClosedRange<Int>? {
        guard let least, let most, least <= most, least > 1 || most < 65535 else { return nil }
        return least...most
    }

    private static func range(_ text: String?) -> IPRange? {
        text.flatMap { IPRange($0) }.flatMap { $0.prefix == 0 ? nil : $0 }
    }
}
