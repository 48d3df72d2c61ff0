// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONTree
import Testing

@testable import OpenStackSimulator

@Suite("Recorded answers")
struct FixtureTests {
    @Test("what the simulator carries is what was recorded; else run testbed/embed")
    func embedded() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        var recorded: [String: Int64] = [:]
        for service in ["identity", "compute", "network", "image", "volume"] {
            let text = try String(contentsOf: folder.appending(path: "\(service).json"), encoding: .utf8)
            for member in try JSON(parsing: text).object?.members ?? [] {
                recorded["\(service).\(member.key)"] = member.value["status"]?.integer
            }
        }
        #expect(Set(Fixture.names) == Set(recorded.keys))
        for (name, status) in recorded { #expect(Fixture.named(name).status == Int(status), "\(name)") }
    }

    @Test("a refusal names what was asked for")
    func filled() {
        let refusal = Refusal("network.floatingip.unreachable", "net", "sub", "port")
        let said = refusal.answer.body["NeutronError"]?["message"]?.string ?? ""
        #expect(said.hasPrefix("External network net is not reachable from subnet sub."))
        #expect(said.contains("Port port "))
    }
}

@Suite("IPv4 ranges")
struct IPv4RangeTests {
    @Test("a range is normalised", arguments: [("10.1.2.3/8", "10.0.0.0/8"), ("0.0.0.0/0", "0.0.0.0/0")])
    func normalised(text: String, range: String) { #expect(IPv4Range(text)?.text == range) }

    @Test("what is no range is refused", arguments: ["", "10.0.0.0", "10.0.0/8", "10.0.0.0/33", "10.0.0.256/8"])
    func refused(text: String) { #expect(IPv4Range(text) == nil) }

    @Test(
        "ranges overlap or not",
        arguments: [("10.0.0.0/24", "10.0.0.128/25", true), ("10.0.0.0/24", "10.0.1.0/24", false)])
    func overlap(left: String, right: String, expected: Bool) throws {
        #expect(try #require(IPv4Range(left)).overlaps(try #require(IPv4Range(right))) == expected)
    }
}
