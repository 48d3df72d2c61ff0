// SPDX-License-Identifier: Apache-2.0

import Access
import HTTPTypes
import Resources
import Serving

/// Whom a request wants to act as, as its `Impersonate-` headers say.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
struct Impersonation {
    let name: String
    private(set) var uid: String?
    private(set) var groups: [String] = []
    private(set) var extra: [String: [String]] = [:]

    /// Absent for a request that acts as whoever sent it; throws `badRequest` for groups and the like without a name.
    init?(_ headers: HTTPFields) throws(APIError) {
        var name = ""
        var isAny = false
        for field in headers where field.name.canonicalName.hasPrefix(Self.prefix) {
            isAny = true
            switch field.name.canonicalName.dropFirst(Self.prefix.count) {
            case "user": name = field.value
            case "uid": uid = field.value
            case "group": groups.append(field.value)
            case let word where word.hasPrefix("extra-"):
                guard let key = String(word.dropFirst(6)).percentDecoded() else { continue }
                extra[key, default: []].append(field.value)
            default: continue
            }
        }
        guard isAny else { return nil }
        guard !name.isEmpty else {
            throw .badRequest("groups, a uid or extra values can be impersonated with a user name only")
        }
        self.name = name
    }

    private static let prefix = "impersonate-"
    private static let anonymous = UserInfo.anonymous.name

    /// The namespace and the name of a service account; absent for other users.
    private var serviceAccount: (namespace: String, name: String)? {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount" else { return nil }
        return (parts[2], parts[3])
    }

    /// What the sender needs the right to `impersonate` for, each.
    var targets: [AccessRequest.Target] {
        func resource(_ group: String, _ plural: String, _ name: String, door: String? = nil) -> AccessRequest.Target {
            .resource(GroupResource(group: group, resource: plural), subresource: door, namespace: "", name: name)
        }
        var targets: [AccessRequest.Target] = []
        if let account = serviceAccount {
            targets.append(
                .resource(
                    GroupResource(group: "", resource: "serviceaccounts"), subresource: nil,
                    namespace: account.namespace, name: account.name))
        } else {
            targets.append(resource("", "users", name))
        }
        let review = "authentication.k8s.io"
        if let uid { targets.append(resource(review, "uids", uid)) }
        targets += groups.map { resource("", "groups", $0) }
        for (key, values) in extra.sorted(by: { $0.key < $1.key }) {
            targets += values.map { resource(review, "userextras", $0, door: key) }
        }
        return targets
    }

    /// Whether nobody may act so, or only who is as mighty already: as our own controllers, or as a master.
    func isReserved(for sender: UserInfo) -> Bool {
        let isOurs = ([name] + groups).contains { $0.hasPrefix("system:scs:") }
        return isOurs || (groups.contains(GroupName.masters) && !sender.groups.contains(GroupName.masters))
    }

    /// Who then asks; nobody leaves an organization by acting as somebody else.
    func user(sender: UserInfo, in organizations: Scope.Organizations) -> UserInfo {
        var all = groups
        if all.isEmpty, let account = serviceAccount {
            all = [GroupName.serviceAccounts, GroupName.serviceAccounts(in: account.namespace)]
        }
        let proof = name == Self.anonymous ? GroupName.unauthenticated : GroupName.authenticated
        if !all.contains(proof) { all.append(proof) }
        let place: String? = if case .one(let name) = organizations, !name.isEmpty { name } else { nil }
        return UserInfo(name: name, uid: uid, groups: all, extra: extra, organization: sender.organization ?? place)
    }
}

extension Handler {
    /// Who a request acts as: its sender, or whom the sender has the right to impersonate.
    func actor(_ request: Request, _ sender: UserInfo, in organizations: Scope.Organizations) async throws -> UserInfo {
        guard let wanted = try Impersonation(request.headers) else { return sender }
        for target in wanted.targets {
            let refusal = APIError.impersonation(target, by: sender)
            guard !wanted.isReserved(for: sender) else { throw refusal }
            try await objects.permit("impersonate", target, in: organizations, to: sender) { refusal }
        }
        return wanted.user(sender: sender, in: organizations)
    }
}

extension APIError {
    fileprivate static func impersonation(_ target: AccessRequest.Target, by user: UserInfo) -> APIError {
        guard case .resource(let resource, let door, let namespace, let name) = target else { return .unauthorized }
        return .forbidden(
            user, verb: "impersonate", resource, subresource: (door ?? "").shortened, namespace: namespace.shortened,
            name: (name ?? "").shortened)
    }
}
