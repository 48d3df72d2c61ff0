// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// The few shapes that nearly all calls have.
extension Session {
    /// One thing: GET, or a call that answers with it.
    package func one<Value: Decodable>(_ call: Call, at member: String) async throws -> Value {
        try await send(call).decode(Value.self, at: member)
    }

    /// A creation: POST `{member: body}`, answered with the thing under the same name.
    ///
    /// What is native overrules what is typed, member by member.
    package func create<Value: Decodable>(
        _ call: Call, _ body: some Encodable, native: JSONObject = JSONObject(), at member: String
    ) async throws -> Value {
        var call = call
        call.body = .object(JSONObject([(member, try merged(JSON(encoding: body), native))]))
        return try await one(call, at: member)
    }

    /// A call without an answer worth reading.
    package func perform(_ call: Call) async throws { _ = try await send(call) }

    /// All pages of a list; throws when one of them fails, so that a partial list is never taken for a whole one.
    package func list<Value: Decodable>(_ call: Call, at member: String) async throws -> [Value] {
        var call = call
        var values: [Value] = []
        for _ in 0..<10_000 {
            let answer = try await send(call)
            let page = try answer.decode([Value].self, at: member)
            values += page
            guard !page.isEmpty, let next = Self.nextQuery(try answer.tree, member), next != call.query else {
                return values
            }
            call.query = next
        }
        throw OpenStackError(.unexpectedAnswer, call, said: "the list has no end")
    }

    /// The query of the link to the next page.
    ///
    /// Only the query is taken: the token goes nowhere but to the service's own address.
    static func nextQuery(_ tree: JSON, _ member: String) -> Query? {
        // Nova, Neutron and Cinder; Glance; Keystone.
        let link =
            tree["\(member)_links"]?.array?.first { $0["rel"]?.string == "next" }?["href"]?.string
            ?? tree["next"]?.string ?? tree["links"]?["next"]?.string
        guard let link, let start = link.firstIndex(of: "?") else { return nil }
        return Query(encoded: link[link.index(after: start)...])
    }

    private func merged(_ tree: JSON, _ native: JSONObject) -> JSON {
        var tree = tree
        for member in native.members { tree[member.key] = member.value }
        return tree
    }
}
