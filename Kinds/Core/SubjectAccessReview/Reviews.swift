// SPDX-License-Identifier: Apache-2.0

import Access
import JSONTree
import Resources
import Schemas

/// What the review kinds have in common: they are only answered, and nothing of them is kept.
enum Reviews {
    static let authorizationGroup = "authorization.k8s.io"
    static let authenticationGroup = "authentication.k8s.io"

    /// A review's kind; `answer` gives its status.
    static func kind(
        _ name: String, group: String, isNamespaced: Bool = false, spec: Schema?, status: Schema,
        answer: @escaping @Sendable (AnswerRequest) async throws -> JSON
    ) -> Kind {
        let schema = Schema.resource(
            "A question that is answered at once.",
            [spec.map { .init("spec", $0) }, .init("status", status)].compactMap(\.self),
            required: spec == nil ? [] : ["spec"])
        let answered: @Sendable (AnswerRequest) async throws -> Object = { request in
            var object = request.object
            object.status = try await answer(request)
            return object
        }
        return Kind(
            group: group, names: Kind.Names(kind: name, plural: "\(name.lowercased())s"), isNamespaced: isNamespaced,
            form: .answered(answered), versions: [KindVersion(name: "v1", schema: schema, hasStatus: false)])
    }

    /// Refuses a question whose spec is not complete.
    static func refusal(
        _ review: Object, _ path: String, _ message: String, reason: FieldIssue.Reason = .required, value: JSON? = nil
    ) -> APIError {
        let kind = review.groupVersionKind
        let issue = FieldIssue(path: path, reason: reason, value: value, message: message)
        return .invalid(group: kind.group, kind: kind.kind, name: review.metadata.name, [issue])
    }

    /// Who somebody is, as reviews tell it.
    static func tree(_ user: UserInfo) -> JSON {
        var tree: JSON = ["username": .string(user.name)]
        if let uid = user.uid { tree["uid"] = .string(uid) }
        if !user.groups.isEmpty { tree["groups"] = .array(user.groups.map(JSON.string)) }
        if !user.extra.isEmpty {
            let members = user.extra.sorted { $0.key < $1.key }.map { ($0.key, JSON.array($0.value.map(JSON.string))) }
            tree["extra"] = .object(JSONObject(members))
        }
        return tree
    }

    static let userSchema = Schema.object(
        "Who it is.",
        [
            .init("username", .string("The name.", maxLength: 1024)), .init("uid", .string("The UID.", maxLength: 128)),
            .init("groups", .array("The groups.", of: .string("A group.", maxLength: 1024), maxItems: 1024)),
            .init("extra", extraSchema),
        ])

    static let extraSchema = Schema.map(
        "What else is known.", of: .array("Texts.", of: .string("A text.", maxLength: 4096), maxItems: 1024),
        maxProperties: 256)
}
