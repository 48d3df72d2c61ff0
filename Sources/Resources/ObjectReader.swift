// SPDX-License-Identifier: Apache-2.0

/// Reads objects that are already known here, without asking anything outside: for admission and previews.
package protocol ObjectReader: Sendable {
    /// The object at that key; absent when there is none.
    func object(_ type: ResourceType, _ key: ObjectKey) async throws -> Object?
    /// All objects in a scope, in the order of their keys.
    func objects(_ type: ResourceType, in scope: Scope) async throws -> [Object]
}
