// SPDX-License-Identifier: Apache-2.0

import Access
import JSONTree
import Resources
import Schemas

/// The question of an access review, whether somebody may do something.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/subject-access-review-v1/
struct AccessQuestion: Sendable {
    let request: AccessRequest

    /// Reads the question about a user; throws `invalid` unless the spec asks about exactly one of a resource and a path.
    init(_ object: Object, about user: UserInfo) throws {
        let resource = object.spec?["resourceAttributes"], path = object.spec?["nonResourceAttributes"]
        guard (resource == nil) != (path == nil) else {
            throw Reviews.refusal(
                object, "spec.resourceAttributes",
                "exactly one of nonResourceAttributes or resourceAttributes must be specified", reason: .invalid,
                value: resource ?? .null)
        }
        let target: AccessRequest.Target =
            if let resource {
                .resource(
                    GroupResource(group: Self.text(resource, "group"), resource: Self.text(resource, "resource")),
                    subresource: Self.present(resource, "subresource"),
                    namespace: Self.text(resource, "namespace"), name: Self.present(resource, "name"))
            } else {
                .path(Self.text(path, "path"))
            }
        request = AccessRequest(
            user: user, organizations: .one(object.organization), verb: Self.text(resource ?? path, "verb"),
            target: target)
    }

    func answer(by authorizer: any Authorizer) async -> JSON {
        let decision = await authorizer.decide(request)
        var status: JSON = ["allowed": .bool(decision.isAllowed)]
        if !decision.reason.isEmpty { status["reason"] = .string(decision.reason) }
        return status
    }

    private static func text(_ tree: JSON?, _ key: String) -> String { tree?[key]?.string ?? "" }
    private static func present(_ tree: JSON, _ key: String) -> String? {
        tree[key]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}

// MARK: - Schemas

extension AccessQuestion {
    static let resourceAttributes = Schema.object(
        "What is to be done to which object.",
        [
            .init("verb", .string("get, list, watch, create, update, patch, delete, or * for all.", maxLength: 63)),
            .init("group", .string("The group; empty for the core group.", maxLength: 253)),
            .init("version", .string("The version.", maxLength: 63)),
            .init("resource", .string("The plural.", maxLength: 253)),
            .init("subresource", .string("status or another door.", maxLength: 253)),
            .init("namespace", .string("The namespace; empty for all.", maxLength: 63)),
            .init("name", .string("The object; empty for all.", maxLength: 253)),
            .init("fieldSelector", .open("Narrows the question; is not looked at.")),
            .init("labelSelector", .open("Narrows the question; is not looked at.")),
        ])

    static let nonResourceAttributes = Schema.object(
        "What is to be done at which path.",
        [
            .init("path", .string("The path.", maxLength: 4096)), .init("verb", .string("get, post, …", maxLength: 63)),
        ])

    /// The spec of a review about oneself.
    static let spec = Schema.object(
        "The question.",
        [
            .init("resourceAttributes", resourceAttributes), .init("nonResourceAttributes", nonResourceAttributes),
        ])

    /// The spec of a review about anybody.
    static let subjectSpec = Schema.object(
        "The question.",
        spec.properties + [
            .init("user", .string("Whose rights.", maxLength: 1024)), .init("uid", .string("The UID.", maxLength: 128)),
            .init("groups", .array("The groups.", of: .string("A group.", maxLength: 1024), maxItems: 1024)),
            .init("extra", Reviews.extraSchema),
        ])

    static let status = Schema.object(
        "The answer.",
        [
            .init("allowed", .boolean("Whether it is allowed.")),
            .init("denied", .boolean("Whether it is forbidden whatever other rules say.")),
            .init("reason", .string("Which rule allows it, or why none does.", maxLength: 4096)),
            .init("evaluationError", .string("What went wrong on the way.", maxLength: 4096)),
        ])

    /// Whom a review about anybody asks about: one of the organization in which it is asked.
    static func subject(of object: Object) throws -> UserInfo {
        let name = object.spec?["user"]?.string ?? ""
        let groups = object.spec?["groups"]?.array?.compactMap(\.string) ?? []
        guard !name.isEmpty || !groups.isEmpty else {
            throw Reviews.refusal(
                object, "spec.user", "at least one of user and groups must be given")
        }
        return UserInfo(
            name: name, groups: groups, organization: object.organization.isEmpty ? nil : object.organization)
    }
}
