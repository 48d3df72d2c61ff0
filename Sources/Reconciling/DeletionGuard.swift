// SPDX-License-Identifier: Apache-2.0

package import Resources

/// Holds an object that is being deleted while objects of another kind still refer to it.
///
/// Made of the other kind's own `references`, so that what is waited for and what holds back are one thing.
package struct DeletionGuard: Sendable {
    /// The kind whose objects may refer to the guarded one.
    package let type: ResourceType
    /// What one object of that kind refers to.
    package let references: @Sendable (Object) -> [Reference]
    /// Where the guarded object may be referred to from: its own organization, or everywhere for a shared kind.
    package let reach: Reach

    package enum Reach: Hashable, Sendable { case organization, everywhere }

    package init(
        _ type: ResourceType, reach: Reach = .organization, references: @escaping @Sendable (Object) -> [Reference]
    ) {
        self.type = type
        self.reach = reach
        self.references = references
    }

    package init(of reconciler: some Reconciler, reach: Reach = .organization) {
        self.init(reconciler.type, reach: reach, references: { reconciler.references(of: $0) })
    }

    /// Everything of this guard's kind that refers to an object of a kind, in the order of keys.
    package func users(
        of object: Object, _ kind: ResourceType, in objects: any ObjectReader
    ) async throws -> [ObjectReference] {
        let scope: Scope = reach == .everywhere ? .everywhere : Scope(.one(object.organization))
        let key = object.key
        return try await objects.objects(type, in: scope).filter { user in
            references(user).contains { $0.type.groupResource == kind.groupResource && $0.key == key }
        }.map(\.reference)
    }

    /// Names every user, of very many the first: `is used by VirtualMachine "web", Port "eth0"`.
    package static func message(for users: [ObjectReference]) -> String {
        let named = users.prefix(50).map { #"\#($0.kind.kind) "\#($0.key.name)""# }.joined(separator: ", ")
        let rest = users.count > 50 ? " and \(users.count - 50) more" : ""
        return "is used by \(named)\(rest); delete or change them first"
    }
}
