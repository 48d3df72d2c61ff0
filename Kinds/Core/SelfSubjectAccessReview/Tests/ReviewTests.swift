// SPDX-License-Identifier: Apache-2.0

import Access
import JSONTree
import Login
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("Reviews", .timeLimit(.minutes(1)))
struct ReviewTests {
    /// Ann may view `demo`.
    static let reviewer = RoleBooks([
        "acme": RoleBook(
            bindings: [
                Access.RoleBinding(
                    namespace: "demo", name: "b", role: .clusterRole("view"), subjects: [.user("ann"), .group("team")])
            ])
    ])

    static func answer(
        _ kind: Kind, _ spec: JSON?, namespace: String = "", user: UserInfo = testUser
    ) async throws -> JSON? {
        guard case .answered(let answer) = kind.form else {
            Issue.record("the kind is not answered")
            return nil
        }
        let review = object(kind.type, "", namespace: namespace, spec.map { [("spec", $0)] } ?? [])
        let answered = try await answer(AnswerRequest(object: review, user: user, objects: NoObjects()))
        #expect(answered.spec == spec)
        return answered.status
    }

    static func question(_ resource: String, _ namespace: String, verb: String = "get") -> JSON {
        ["resourceAttributes": ["verb": .string(verb), "resource": .string(resource), "namespace": .string(namespace)]]
    }

    @Test(
        "tell oneself what one may",
        arguments: [
            (question("configmaps", "demo"), true), (question("secrets", "demo"), false),
            (question("configmaps", "prod"), false), (question("configmaps", "demo", verb: "delete"), false),
            (["nonResourceAttributes": ["path": "/version", "verb": "get"]], true),
            (["nonResourceAttributes": ["path": "/metrics", "verb": "get"]], false),
        ] as [(JSON, Bool)])
    func selfSubject(spec: JSON, isAllowed: Bool) async throws {
        let status = try await Self.answer(SelfSubjectAccessReview.kind(reviewer: Self.reviewer), spec)
        #expect(status?["allowed"] == .bool(isAllowed))
    }

    @Test("tell what others of the organization may")
    func subject() async throws {
        let kind = SubjectAccessReview.kind(reviewer: Self.reviewer)
        for (subject, isAllowed) in [
            (["user": "ann"], true), (["user": "bob"], false), (["user": "bob", "groups": ["team"]], true),
            (["groups": ["system:scs:controllers"]], false),
        ] as [(JSON, Bool)] {
            let spec = Self.question("configmaps", "demo").object.map { members in
                JSON.object(
                    JSONObject(
                        members.members.map { ($0.key, $0.value) }
                            + (subject.object?.members ?? []).map { ($0.key, $0.value) }))
            }
            #expect(try await Self.answer(kind, spec)?["allowed"] == .bool(isAllowed))
        }
    }

    @Test("in a namespace are about that namespace only")
    func local() async throws {
        let kind = LocalSubjectAccessReview.kind(reviewer: Self.reviewer)
        var spec = Self.question("configmaps", "demo")
        spec["user"] = "ann"
        #expect(try await Self.answer(kind, spec, namespace: "demo")?["allowed"] == true)
        await #expect(throws: APIError.self) { try await Self.answer(kind, spec, namespace: "prod") }
    }

    @Test(
        "refuse a question that is none",
        arguments: [
            [:], ["resourceAttributes": ["verb": "get"], "nonResourceAttributes": ["path": "/"]],
        ] as [JSON])
    func incomplete(spec: JSON) async throws {
        let error = await #expect(throws: APIError.self) {
            try await Self.answer(SelfSubjectAccessReview.kind(reviewer: Self.reviewer), spec)
        }
        #expect(error?.reason == .invalid)
    }

    @Test("list all that one may in a namespace")
    func rules() async throws {
        let kind = SelfSubjectRulesReview.kind(reviewer: Self.reviewer)
        let status = try await Self.answer(kind, ["namespace": "demo"])
        let resources = status?["resourceRules"]?.array?.map(PolicyRule.init(tree:)) ?? []
        #expect(resources.contains { $0.resources.contains("configmaps") })
        #expect(status?["nonResourceRules"]?.array?.isEmpty == false)
        #expect(status?["incomplete"] == false)
        await #expect(throws: APIError.self) { try await Self.answer(kind, [:]) }
    }

    @Test("tell oneself who one is")
    func whoami() async throws {
        let user = UserInfo(name: "ann", uid: "u", groups: ["g"], extra: ["k": ["v"]], organization: "acme")
        let status = try await Self.answer(SelfSubjectReview.kind, nil, user: user)
        #expect(
            status?["userInfo"] == ["username": "ann", "uid": "u", "groups": ["g"], "extra": ["k": ["v"]]])
    }

    @Test("tell whose a token is, and nothing about a bad one")
    func token() async throws {
        let tokens = testTokens()
        let kind = TokenReview.kind(tokens: [tokens])
        let account = ServiceAccountReference(organization: "acme", namespace: "ci", name: "bot", uid: "u")
        let token = try await tokens.issue(for: account, audiences: ["vault"], lifetime: 600).token
        let good = try await Self.answer(kind, ["token": .string(token), "audiences": ["vault", "x"]])
        #expect(good?["authenticated"] == true)
        #expect(good?["user"]?["username"] == "system:serviceaccount:ci:bot")
        #expect(good?["audiences"] == ["vault"])
        for spec in [["token": .string(token)], ["token": "rubbish"]] as [JSON] {
            let bad = try await Self.answer(kind, spec)
            #expect(bad?["authenticated"] == false)
            #expect(bad?["user"] == nil)
        }
        #expect(kind.secretFields == [".spec.token"])
    }
}
