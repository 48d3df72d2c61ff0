// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

@testable import Access

@Suite("Role books")
struct RoleBookTests {
    static let readSecrets = PolicyRule(verbs: ["get"], apiGroups: [""], resources: ["secrets"])

    static func request(
        _ user: UserInfo, _ verb: String = "get", _ resource: String = "secrets", group: String = "",
        in organization: String = "acme", namespace: String = "demo", name: String? = "a"
    ) -> AccessRequest {
        AccessRequest(
            user: user, organizations: .one(organization), verb: verb,
            target: .resource(
                GroupResource(group: group, resource: resource), subresource: nil, namespace: namespace, name: name))
    }

    static func user(_ name: String, of organization: String? = "acme", groups: [String] = []) -> UserInfo {
        UserInfo(name: name, groups: groups + [GroupName.authenticated], organization: organization)
    }

    static let acme = RoleBook(
        roles: [
            Role(namespace: "demo", name: "reader", rules: [readSecrets]),
            Role(name: "everywhere", rules: [readSecrets]),
        ],
        bindings: [
            RoleBinding(namespace: "demo", name: "a", role: .role("reader"), subjects: [.user("ann"), .group("team")]),
            RoleBinding(
                namespace: "demo", name: "b", role: .clusterRole("everywhere"),
                subjects: [.serviceAccount(namespace: "ci", name: "bot")]),
            RoleBinding(name: "c", role: .clusterRole("everywhere"), subjects: [.user("cleo")]),
            RoleBinding(namespace: "other", name: "d", role: .role("reader"), subjects: [.user("ann")]),
            RoleBinding(namespace: "demo", name: "n", role: .clusterRole("view"), subjects: [.user("nils")]),
        ])
    static let root = RoleBook(
        bindings: [
            RoleBinding(name: "ops", role: .clusterRole("view"), subjects: [.user("olga")]),
            RoleBinding(namespace: "demo", name: "ops", role: .clusterRole("admin"), subjects: [.user("rita")]),
        ], isRoot: true)
    static let books = RoleBooks(["acme": acme, "": root])

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var request: AccessRequest
        var isAllowed: Bool
    }

    static let bot = user(ServiceAccountName.user(namespace: "ci", name: "bot"))
    static let cases = [
        Case(testDescription: "a Role to a user", request: request(user("ann")), isAllowed: true),
        Case(testDescription: "a Role to a group", request: request(user("x", groups: ["team"])), isAllowed: true),
        Case(testDescription: "a ClusterRole to a service account", request: request(bot), isAllowed: true),
        Case(
            testDescription: "no Role in another namespace", request: request(user("ann"), namespace: "prod"),
            isAllowed: false),
        Case(
            testDescription: "no Role over all namespaces", request: request(user("ann"), namespace: "", name: nil),
            isAllowed: false),
        Case(
            testDescription: "a binding to a Role that is elsewhere gives nothing",
            request: request(user("ann"), namespace: "other"), isAllowed: false),
        Case(
            testDescription: "a ClusterRole cluster-wide", request: request(user("cleo"), namespace: "prod"),
            isAllowed: true),
        Case(
            testDescription: "a role in a namespace shows the namespace",
            request: request(user("nils"), "get", "namespaces", namespace: "", name: "demo"), isAllowed: true),
        Case(
            testDescription: "a role in a namespace shows no other namespace",
            request: request(user("nils"), "get", "namespaces", namespace: "", name: "prod"), isAllowed: false),
        Case(
            testDescription: "a namesake of another organization has nothing",
            request: request(user("ann", of: "umbrella")), isAllowed: false),
        Case(
            testDescription: "a namesake at its home has nothing",
            request: request(user("ann", of: "umbrella"), in: "umbrella"), isAllowed: false),
        Case(
            testDescription: "a namesake among the provider's people has nothing",
            request: request(user("ann", of: nil)), isAllowed: false),
        Case(
            testDescription: "masters of the provider everywhere",
            request: request(user("m", of: nil, groups: [GroupName.masters])), isAllowed: true),
        Case(
            testDescription: "masters of an organization there",
            request: request(user("m", groups: [GroupName.masters])), isAllowed: true),
        Case(
            testDescription: "masters of an organization not at the root",
            request: request(user("m", groups: [GroupName.masters]), in: ""), isAllowed: false),
        Case(
            testDescription: "masters of an organization not in another",
            request: request(user("m", groups: [GroupName.masters]), in: "umbrella"), isAllowed: false),
        Case(
            testDescription: "the provider's cluster-wide bindings reach into organizations",
            request: request(user("olga", of: nil), "list", "configmaps", name: nil), isAllowed: true),
        Case(
            testDescription: "view reads no Secret", request: request(user("olga", of: nil)), isAllowed: false),
        Case(
            testDescription: "the provider's bindings in a namespace hold at the root",
            request: request(user("rita", of: nil), in: ""), isAllowed: true),
        Case(
            testDescription: "the provider's bindings in a namespace do not reach a namesake of it",
            request: request(user("rita", of: nil)), isAllowed: false),
        Case(
            testDescription: "nor that namesake itself",
            request: request(user("rita", of: nil), "get", "namespaces", namespace: "", name: "demo"), isAllowed: false),
        Case(
            testDescription: "controllers everywhere",
            request: request(user("c", of: nil, groups: [GroupName.controllers]), "delete"), isAllowed: true),
        Case(
            testDescription: "no controller comes from an organization",
            request: request(user("c", groups: [GroupName.controllers]), "delete"), isAllowed: false),
    ]

    @Test("decide", arguments: cases)
    func decide(_ given: Case) {
        let decision = Self.books.decide(given.request)
        #expect(decision.isAllowed == given.isAllowed, "\(decision.reason)")
    }

    @Test("let the wildcard path to the provider's people only")
    func wildcard() {
        for (user, isAllowed) in [(Self.user("olga", of: nil), true), (Self.user("cleo"), false)] {
            var request = Self.request(user, "list", "configmaps", namespace: "", name: nil)
            request.organizations = .everywhere
            #expect(Self.books.decide(request).isAllowed == isAllowed)
        }
    }

    @Test("say which binding allowed it")
    func reason() {
        #expect(
            Self.books.decide(Self.request(Self.user("ann"))).reason
                == #"RBAC: allowed by RoleBinding "a/demo" of Role "reader" to User "ann""#)
    }

    @Test("review the rules of the place, and none where the user may not enter")
    func review() {
        let ann = Self.user("ann")
        #expect(Self.books.rules(for: ann, in: .one("acme"), namespace: "demo").contains(Self.readSecrets))
        #expect(!Self.books.rules(for: ann, in: .one("acme"), namespace: "prod").contains(Self.readSecrets))
        #expect(Self.books.rules(for: ann, in: .one("umbrella"), namespace: "demo").isEmpty)
        let rita = Self.user("rita", of: nil)
        #expect(
            !Self.books.rules(for: rita, in: .one("acme"), namespace: "demo").contains {
                $0.verbs.contains("create")
                    && $0.resources.contains("secrets")
            })
    }

    @Test("aggregate the roles whose labels are selected")
    func aggregation() {
        let label = ["rbac.authorization.k8s.io/aggregate-to-view": "true"]
        let book = RoleBook(
            roles: [Role(name: "extra", labels: label, rules: [Self.readSecrets])],
            bindings: [RoleBinding(name: "v", role: .clusterRole("view"), subjects: [.user("vic")])])
        #expect(book.decide(Self.request(Self.user("vic"))).isAllowed)
        #expect(book.rules(ofClusterRole: "admin")?.contains(Self.readSecrets) == true)
    }

    @Test("take a stored role in the place of the built-in one")
    func replacement() {
        let book = RoleBook(roles: [Role(name: "system:discovery", rules: [])])
        let request = AccessRequest(
            user: Self.user("x"), organizations: .one("acme"), verb: "get", target: .path("/apis"))
        #expect(!book.decide(request).isAllowed)
        #expect(RoleBooks().decide(request).isAllowed)
    }
}
