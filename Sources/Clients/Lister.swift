// SPDX-License-Identifier: Apache-2.0

package import Resources

/// Reads an informer's local mirror: at once, without asking the server, and perhaps a moment old.
package struct Lister: Sendable {
    let informer: Informer

    /// The object at that key; absent when none was heard of.
    package func get(_ key: ObjectKey) -> Object? { informer.read { $0.objects[key] }?.object }

    /// All objects in a scope, in the order of their keys.
    package func list(in scope: Scope = .everywhere) -> [Object] {
        Self.ordered(informer.read { $0.objects.values.filter { scope.contains($0.key) } })
    }

    /// The objects that name this uid as an owner, in the order of their keys.
    package func owned(by uid: String) -> [Object] {
        Self.ordered(informer.read { $0.owned(by: uid) })
    }

    package var count: Int { informer.read(\.objects.count) }

    private static func ordered(_ objects: [MirroredObject]) -> [Object] {
        objects.map { ($0.key.order, $0) }.sorted { $0.0 < $1.0 }.map(\.1.object)
    }
}

extension ObjectKey {
    fileprivate var order: String { "\(organization)/\(namespace)/\(name)" }
}
