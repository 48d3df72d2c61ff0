// SPDX-License-Identifier: Apache-2.0

import Access
import JSONTree
import Resources
import Schemas

/// What the audit says of one request, in the format of `audit.k8s.io/v1`.
///
/// https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
struct AuditRecord: Sendable {
    enum Stage: String, Sendable {
        /// Before a write is tried.
        case received = "RequestReceived"
        /// A watch has begun.
        case started = "ResponseStarted"
        case complete = "ResponseComplete"
    }

    var id: String
    var uri: String
    var verb: String
    var user: UserInfo
    var organizations: Scope.Organizations
    var sourceAddress: String = ""
    var userAgent: String = ""
    var target: Target?
    /// What a write sent, without what is secret; absent for reads.
    var body: JSON?
    /// Microseconds since 1970.
    var receivedAt: Int64

    func line(_ stage: Stage, code: Int?, reason: String?, now: Int64) -> [UInt8] {
        var tree: JSON = [
            "kind": "Event", "apiVersion": "audit.k8s.io/v1", "level": body == nil ? "Metadata" : "Request",
            "auditID": .string(id), "stage": .string(stage.rawValue), "requestURI": .string(uri),
            "verb": .string(verb), "user": userTree,
        ]
        if !sourceAddress.isEmpty { tree["sourceIPs"] = [.string(sourceAddress)] }
        if !userAgent.isEmpty { tree["userAgent"] = .string(userAgent) }
        if let target { tree["objectRef"] = Self.reference(target, body) }
        if let code {
            var status: JSON = ["metadata": [:], "code": .integer(Int64(code))]
            if let reason { status["reason"] = .string(reason) }
            tree["responseStatus"] = status
        }
        if stage == .complete, let body { tree["requestObject"] = body }
        tree["requestReceivedTimestamp"] = .string(Timestamp(microsecondsSince1970: receivedAt).preciseText)
        tree["stageTimestamp"] = .string(Timestamp(microsecondsSince1970: now).preciseText)
        let place = if case .one(let name) = organizations { name } else { "*" }
        if !place.isEmpty { tree["annotations"] = [Presenter.organizationAnnotation: .string(place)] }
        return tree.bytes
    }

    private var userTree: JSON {
        var tree: JSON = ["username": .string(user.name), "groups": .array(user.groups.map(JSON.string))]
        if let uid = user.uid { tree["uid"] = .string(uid) }
        return tree
    }

    private static func reference(_ target: Target, _ body: JSON?) -> JSON {
        var tree: JSON = ["resource": .string(target.kind.names.plural)]
        if let namespace = target.namespace { tree["namespace"] = .string(namespace) }
        if let name = target.name ?? body?["metadata"]?["name"]?.string { tree["name"] = .string(name) }
        if !target.kind.group.isEmpty { tree["apiGroup"] = .string(target.kind.group) }
        tree["apiVersion"] = .string(target.served.version.name)
        if let subresource = target.subresource { tree["subresource"] = .string(subresource) }
        return tree
    }
}

extension Kind {
    /// A body as the audit may keep it: without the values of secret fields.
    ///
    /// With them go members that a version does not know, since one may be a misspelt secret field, and annotations, since
    /// clients repeat whole objects there. Absent when the kind has secrets and the body is no whole object of it.
    func audited(_ body: JSON, isWhole: Bool) -> JSON? {
        guard !secretFields.isEmpty else { return body }
        guard isWhole else { return nil }
        let known = versions.reduce(body) { $1.schema.pruned($0).tree }
        var tree = secretFields.reduce(known) { $0.removing($1.elements[...]) }
        var object = Object(tree)
        object.metadata.tree["annotations"] = nil
        object.metadata.tree["managedFields"] = nil
        tree = object.tree
        return tree
    }
}

extension JSON {
    /// The tree without what stands at a path; an index or a filter counts as every element, for too little is better here.
    fileprivate func removing(_ path: ArraySlice<JSONPath.Element>) -> JSON {
        guard let first = path.first else { return self }
        let rest = path.dropFirst()
        switch (first, self) {
        case (.member(let key), .object(var members)):
            members[key] = rest.isEmpty ? nil : members[key]?.removing(rest)
            return .object(members)
        case (.every, .object(let members)):
            guard !rest.isEmpty else { return .object(JSONObject()) }
            return .object(JSONObject(members.members.map { ($0.key, $0.value.removing(rest)) }))
        case (.every, .array(let elements)), (.index, .array(let elements)), (.filter, .array(let elements)):
            return rest.isEmpty ? .array([]) : .array(elements.map { $0.removing(rest) })
        default: return self
        }
    }
}

extension Timestamp {
    fileprivate init(microsecondsSince1970 now: Int64) {
        let (seconds, rest) = now.quotientAndRemainder(dividingBy: 1_000_000)
        self.init(seconds: seconds, microseconds: Int32(rest))
    }
}
