// SPDX-License-Identifier: Apache-2.0

import OpenStack
import Reconciling
import Resources

/// Finds what is an object's own in the world.
enum Finding {
    /// The thing with the recorded id first, then whatever carries the mark.
    ///
    /// The mark is asked for only when the id does not answer the question: none is recorded, it is gone, a creation's
    /// answer was lost, or everything must be found because the object is being deleted.
    static func things<Thing: Identifiable>(
        _ input: PassInput, id: String?, show: (String) async throws -> Thing, marked: () async throws -> [Thing]
    ) async throws -> [Thing] {
        var things: [Thing] = []
        if let id, let thing = try await existing({ try await show(id) }) { things.append(thing) }
        guard things.isEmpty || input.intent != nil || input.object.isDeleting else { return things }
        for thing in try await marked() where !things.contains(where: { $0.id == thing.id }) { things.append(thing) }
        return things
    }

    /// The answer, or nothing after a 404.
    static func existing<Thing>(_ body: () async throws -> Thing) async throws -> Thing? {
        do { return try await body() } catch let error as OpenStackError where error.code == .notFound { return nil }
    }

    /// A deletion, which is also done when the thing was gone already.
    static func gone(_ body: () async throws -> Void) async throws { _ = try await existing(body) }
}

extension Neutron.Network: Identifiable {}
extension Neutron.Subnet: Identifiable {}
extension Neutron.Router: Identifiable {}
extension Neutron.Port: Identifiable {}
extension Neutron.SecurityGroup: Identifiable {}
