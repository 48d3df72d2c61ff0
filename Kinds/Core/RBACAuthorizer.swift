// SPDX-License-Identifier: Apache-2.0

package import Access
package import Clients
package import Resources
import Synchronization

/// Decides by the roles and bindings of all organizations, as its informers know them.
///
/// An organization's book is made anew when it is next asked after a change. Until the informers have synced, the built-in
/// roles alone decide; that is enough for our own controllers, so that the informers themselves may list.
package final class RBACAuthorizer: RuleReviewer {
    private struct State {
        var roles: [String: [ObjectKey: Access.Role]] = [:]
        var bindings: [String: [ObjectKey: Access.RoleBinding]] = [:]
        var books: RoleBooks
        let kinds: [GroupResource]
        /// The organizations whose book is older than their roles.
        var stale: Set<String> = []

        mutating func currentBooks() -> RoleBooks {
            for organization in stale {
                books[organization] = RoleBook(
                    roles: roles[organization].map { Array($0.values) } ?? [],
                    bindings: bindings[organization].map { Array($0.values) } ?? [], isRoot: organization.isEmpty,
                    kinds: kinds)
            }
            stale.removeAll()
            return books
        }
    }

    private let state: Mutex<State>
    private let informers: [Informer]

    /// Learns from these informers of the four RBAC kinds, over all organizations; `kinds` contribute to the built-in roles.
    package init(informers: Informers, kinds: [GroupResource] = []) {
        state = Mutex(State(books: RoleBooks(kinds: kinds), kinds: kinds))
        let types = [Role.type, ClusterRole.type, RoleBinding.type, ClusterRoleBinding.type]
        self.informers = types.map { informers.informer(for: $0) }
        for (informer, isRole) in zip(self.informers, [true, true, false, false]) {
            informer.handle { [weak self] change in self?.learn(change, isRole: isRole) }
        }
    }

    /// Whether all roles and bindings are known; the server is not ready before.
    package var hasSynced: Bool { informers.allSatisfy(\.hasSynced) }

    package func decide(_ request: AccessRequest) -> AccessDecision {
        state.withLock { $0.currentBooks() }.decide(request)
    }

    package func rules(for user: UserInfo, in organizations: Scope.Organizations, namespace: String) -> [PolicyRule] {
        state.withLock { $0.currentBooks() }.rules(for: user, in: organizations, namespace: namespace)
    }

    private func learn(_ change: ObjectChange, isRole: Bool) {
        let object = change.object
        let isGone = if case .deleted = change { true } else { false }
        state.withLock { state in
            let organization = object.organization
            if isRole {
                state.roles[organization, default: [:]][object.key] = isGone ? nil : Access.Role(object)
            } else {
                state.bindings[organization, default: [:]][object.key] = isGone ? nil : Access.RoleBinding(object)
            }
            state.stale.insert(organization)
        }
    }
}
