// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// The objects that are written and read: a SecurityGroup of eight rules, 43 leaf members, and a note that brings it to about 2 KB.
///
/// It has what costs a server work: a schema with defaults and patterns, a status subresource and managed fields.
struct Subject: Sendable {
    static let organization = "bench"

    let namespace: String

    private static let root = "organizations/\(organization)"
    var collection: String {
        "\(Self.root)/apis/networking.scs.community/v1alpha1/namespaces/\(namespace)/securitygroups"
    }

    /// Makes the organization; there is nothing at any site behind it.
    static func prepare(_ api: API) async throws {
        _ = try await api.expect(
            .post, "apis/management.scs.community/v1alpha1/organizations",
            body: """
                {"apiVersion":"management.scs.community/v1alpha1","kind":"Organization",\
                "metadata":{"name":"\(organization)"},"spec":{"displayName":"Bench","sites":[]}}
                """)
    }

    func prepare(_ api: API) async throws {
        _ = try await api.expect(
            .post, "\(Self.root)/api/v1/namespaces",
            body: #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\#(namespace)"}}"#)
    }

    func path(_ index: Int) -> String { "\(collection)/group-\(index)" }

    func body(
        _ index: Int, description: String = "web servers of the shop", version: String? = nil, status: String? = nil
    )
        -> String
    {
        let version = version.map { #","resourceVersion":"\#($0)""# } ?? ""
        let status = status.map { #","status":\#($0)"# } ?? ""
        return """
            {"apiVersion":"networking.scs.community/v1alpha1","kind":"SecurityGroup","metadata":{"name":"group-\(index)",\
            "namespace":"\(namespace)","labels":{"app":"shop","tier":"web"},\
            "annotations":{"example.org/note":"\(Self.note)"}\(version)},"spec":{"site":"stuttgart",\
            "description":"\(description)","egress":"Listed","rules":[\(Self.rules)]}\(status)}
            """
    }

    /// A status in which `turn` makes two members differ from the last one.
    func status(_ turn: Int) -> String {
        """
        {"id":"0b1f8f0e-6f0a-4c1e-9f57-5f2d3b9c7a11","site":"stuttgart","ruleCount":\(turn % 100_000),\
        "conditions":[{"type":"Ready","status":"True","reason":"Ready","message":"turn \(turn)",\
        "observedGeneration":1,"lastTransitionTime":"2026-01-01T00:00:00Z"}]}
        """
    }

    private static let note = String(repeating: "kept for whoever comes next ", count: 28)

    private static let rules = (1...8).map { number in
        """
        {"direction":"Ingress","protocol":"tcp","ports":"\(number * 1000)-\(number * 1000 + 99)",\
        "cidr":"10.\(number).0.0/16","ethertype":"IPv4"}
        """
    }.joined(separator: ",")
}
