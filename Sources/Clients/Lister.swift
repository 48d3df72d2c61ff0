// SPDX-License-Identifier: Apache-2.0

package import Resources

/// Reads an informer's local mirror: at once, without asking the server, and perhaps a moment old.
package struct Lister: Sendable {
    let informer: Informer

    /// The object at that key; absent when none was heard of.
    package func get(_ key: ObjectKey) -> Object? { informer.read { $0.objects[key] } }

    /// All objects in a scope, in the order of their keys.
    package func list(in scope: Scope = .everywhere) -> [Object] {
        informer.read { $0.objects.filter { scope.contains($0.key) } }.values.sorted { $0.key.order < $1.key.order }
    }

    /// The objects that name this uid as an owner, in the order of their keys.
    package func owned(by uid: String) -> [Object] {
        informer.read { $0.owned(by: uid) }.sorted { $0.key.order < $1.key.order }
    }

    package var count: Int { informer.read(\.objects.count) }
}

extension ObjectKey {
    fileprivate var order: String { "\(organization)/\(namespace)/\(name)" }
}
