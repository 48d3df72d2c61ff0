// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// An answer that a real site gave; what the simulator says has its shape.
struct Fixture: Sendable {
    let status: Int
    let body: JSON
    /// What the site said when it did not speak JSON.
    let text: String?

    private static let all: [String: Fixture] = {
        guard let tree = try? JSON(parsing: recorded), let members = tree.object?.members else {
            preconditionFailure("the recorded answers are no JSON; run testbed/embed")
        }
        let pairs = members.map { member in
            let status = Int(member.value["status"]?.integer ?? 0)
            let text = member.value["text"]?.string
            return (member.key, Fixture(status: status, body: member.value["body"] ?? .null, text: text))
        }
        return Dictionary(pairs) { _, last in last }
    }()

    static var names: [String] { all.keys.sorted() }

    /// The answer recorded under a name: `network.port.create`.
    static func named(_ name: String) -> Fixture {
        guard let fixture = all[name] else { preconditionFailure("\(name) is not recorded; see testbed/record") }
        return fixture
    }

    /// A member of the answer: a template for things of its kind.
    static func template(_ name: String, _ member: String) -> JSON { named(name).body[member] ?? .null }
}
