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
    /// Whom the user acts as; absent for nobody else.
    var impersonated: UserInfo?
    var organizations: Scope.Organizations
    var sourceAddress: String = ""
    var userAgent: String = ""
    var target: Target?
    /// What a write sent, without what is secret; absent for reads.
    var body: JSON?
    /// What webhooks had to say.
    var annotations: [String: String] = [:]
    /// Microseconds since 1970.
    var receivedAt: Int64

    func line(_ stage: Stage, code: Int?, reason: String?, now: Int64) -> [UInt8] {
        var line = AuditLine()
        line.add("kind", "Event")
        line.add("apiVersion", "audit.k8s.io/v1")
        line.add("level", body == nil ? "Metadata" : "Request")
        line.add("auditID", id)
        line.add("stage", stage.rawValue)
        line.add("requestURI", uri)
        line.add("verb", verb)
        line.add("user") { Self.add(user, &$0) }
        if let impersonated { line.add("impersonatedUser") { Self.add(impersonated, &$0) } }
        if !sourceAddress.isEmpty { line.add("sourceIPs", [sourceAddress]) }
        if !userAgent.isEmpty { line.add("userAgent", userAgent) }
        if let target { line.add("objectRef") { addReference(to: target, &$0) } }
        if let code { line.add("responseStatus") { Self.addStatus(code, reason, &$0) } }
        if stage == .complete, let body { line.add("requestObject", body) }
        line.add("requestReceivedTimestamp", Timestamp(microsecondsSince1970: receivedAt).preciseText)
        line.add("stageTimestamp", Timestamp(microsecondsSince1970: now).preciseText)
        let place = if case .one(let name) = organizations { name } else { "*" }
        var notes = annotations.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
        if !place.isEmpty { notes.append((Presenter.organizationAnnotation, .string(place))) }
        if !notes.isEmpty { line.add("annotations", .object(JSONObject(notes))) }
        return line.text
    }

    private static func add(_ user: UserInfo, _ line: inout AuditLine) {
        line.add("username", user.name)
        line.add("groups", user.groups)
        if let uid = user.uid { line.add("uid", uid) }
    }

    private func addReference(to target: Target, _ line: inout AuditLine) {
        line.add("resource", target.kind.names.plural)
        if let namespace = target.namespace { line.add("namespace", namespace) }
        if let name = target.name ?? body?["metadata"]?["name"]?.string { line.add("name", name) }
        if !target.kind.group.isEmpty { line.add("apiGroup", target.kind.group) }
        line.add("apiVersion", target.served.version.name)
        if let subresource = target.subresource { line.add("subresource", subresource) }
    }

    private static func addStatus(_ code: Int, _ reason: String?, _ line: inout AuditLine) {
        line.add("metadata", [:])
        line.add("code", .integer(Int64(code)))
        if let reason { line.add("reason", reason) }
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
