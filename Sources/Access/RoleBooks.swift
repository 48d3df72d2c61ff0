// SPDX-License-Identifier: Apache-2.0

package import Resources

/// The books of the root and of all organizations: who may enter where, and what they may do there.
///
/// - An organization's user enters that organization only, and its own book decides, whatever groups it carries.
/// - The provider's people and services enter everywhere. The root's book decides for them, everywhere: its cluster-wide
///   bindings reach into every organization. An organization's bindings never concern them, for their names are not its names.
/// - `system:masters` may do everything where it may enter.
package struct RoleBooks: RuleReviewer {
    private var books: [String: RoleBook]
    private let builtIn: RoleBook
    private let builtInRoot: RoleBook

    /// Books by organization, the root's under the empty name; `kinds` contribute to the built-in roles.
    package init(_ books: [String: RoleBook] = [:], kinds: [GroupResource] = []) {
        self.books = books
        builtIn = RoleBook(kinds: kinds)
        builtInRoot = RoleBook(isRoot: true, kinds: kinds)
    }

    /// The book of an organization; one without roles of its own has the built-in ones.
    package subscript(organization: String) -> RoleBook {
        get { books[organization] ?? (organization.isEmpty ? builtInRoot : builtIn) }
        set { books[organization] = newValue }
    }

    package func decide(_ request: AccessRequest) -> AccessDecision {
        guard request.user.mayEnter(request.organizations) else {
            return AccessDecision(isAllowed: false, reason: "users of an organization may enter that organization only")
        }
        if request.user.groups.contains(GroupName.masters) {
            return AccessDecision(isAllowed: true, reason: "allowed to \(Subject.group(GroupName.masters).text)")
        }
        let home = request.user.organization ?? ""
        return self[home].decide(request, clusterWideOnly: request.organizations != .one(home))
    }

    /// Every rule that a user has there; empty where the user may not enter.
    package func rules(for user: UserInfo, in organizations: Scope.Organizations, namespace: String) -> [PolicyRule] {
        guard user.mayEnter(organizations) else { return [] }
        if user.groups.contains(GroupName.masters) { return [BuiltInRoles.everything, BuiltInRoles.everyPath] }
        let home = user.organization ?? ""
        return self[home].rules(for: user, namespace: organizations == .one(home) ? namespace : nil)
    }
}

extension UserInfo {
    /// Whether somebody may enter an organization, the root or all of them, before any role is asked.
    package func mayEnter(_ organizations: Scope.Organizations) -> Bool {
        guard let organization else { return true }
        return organizations == .one(organization)
    }
}
