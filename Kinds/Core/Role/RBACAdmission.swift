// SPDX-License-Identifier: Apache-2.0

import Access
import JSONTree
import Resources
import Schemas

/// Refuses roles and bindings by which somebody would give away what they do not have.
struct RBACAdmission: Sendable {
    let reviewer: any RuleReviewer

    func role(_ request: AdmissionRequest) async throws -> Object {
        guard request.operation != .delete, grants(request, "rules", "aggregationRule") else { return request.object }
        let excess = await escalation(request).excess(writing: Access.Role(request.object))
        guard excess.isEmpty else { throw refusal(request, excess) }
        return request.object
    }

    func binding(_ request: AdmissionRequest) async throws -> Object {
        guard request.operation != .delete, grants(request, "subjects", "roleRef") else { return request.object }
        guard let binding = Access.RoleBinding(request.object) else {
            throw APIError.badRequest("roleRef names no role that could exist")
        }
        let escalation = escalation(request)
        guard let rules = try await rules(of: binding, request.objects, organization: request.object.organization)
        else {
            guard await escalation.mayBind(binding.role) else { throw missing(binding.role) }
            return completed(request.object)
        }
        let excess = await escalation.excess(binding: binding.role, rules: rules)
        guard excess.isEmpty else { throw refusal(request, excess) }
        return completed(request.object)
    }

    /// Whether a write may give anybody anything: labels and annotations do not.
    private func grants(_ request: AdmissionRequest, _ fields: String...) -> Bool {
        guard let old = request.old else { return true }
        return fields.contains { old.tree[$0] != request.object.tree[$0] }
            || old.metadata.labels != request.object.metadata.labels
    }

    private func escalation(_ request: AdmissionRequest) -> Escalation {
        Escalation(
            reviewer: reviewer, user: request.user, organization: request.object.organization,
            namespace: request.object.metadata.namespace)
    }

    /// The rules of the role that a binding names, with what it aggregates; absent when there is no such role.
    private func rules(
        of binding: Access.RoleBinding, _ objects: any ObjectReader, organization: String
    ) async throws -> [PolicyRule]? {
        switch binding.role {
        case .role(let name):
            let key = ObjectKey(organization: organization, namespace: binding.namespace, name: name)
            return try await objects.object(Role.type, key).map { Access.Role($0).rules }
        case .clusterRole(let name):
            // Read anew, for a role that was made a moment ago may be bound.
            let roles = try await objects.objects(ClusterRole.type, in: Scope(.one(organization)))
            let book = RoleBook(roles: roles.map { Access.Role($0) }, isRoot: organization.isEmpty)
            return book.rules(ofClusterRole: name)
        }
    }

    /// Users and groups have their group written out, as upstream does.
    private func completed(_ object: Object) -> Object {
        var object = object
        let subjects = object.tree["subjects"]?.array?.map { subject in
            guard subject["kind"]?.string != "ServiceAccount" else { return subject }
            var subject = subject
            subject["apiGroup"] = .string(rbacGroup)
            return subject
        }
        object.tree["subjects"] = subjects.map(JSON.array)
        return object
    }

    private func missing(_ role: Access.RoleBinding.RoleReference) -> APIError {
        switch role {
        case .role(let name): .notFound(Role.type.groupResource, name: name)
        case .clusterRole(let name): .notFound(ClusterRole.type.groupResource, name: name)
        }
    }

    private func refusal(_ request: AdmissionRequest, _ excess: [PolicyRule]) -> APIError {
        let who = "user \"\(request.user.name)\" (groups=\(request.user.groups.quoted))"
        return forbidden(
            request, "\(who) is attempting to grant RBAC permissions not currently held:\n\(excess.words)")
    }

    private func forbidden(_ request: AdmissionRequest, _ why: String) -> APIError {
        let resource = GroupResource(group: rbacGroup, resource: "\(request.object.kind.lowercased())s")
        return .forbidden(resource, name: request.object.metadata.name, because: why)
    }
}
