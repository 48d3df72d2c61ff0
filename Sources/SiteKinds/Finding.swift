// SPDX-License-Identifier: Apache-2.0

package import Clients
import JSONTree
import OpenStack
package import Reconciling
package import Resources

/// A thing at a site that can carry the mark of the object that made it.
package protocol Marked: Identifiable<String>, Sendable {
    /// The texts in which a mark may stand: a description, tags.
    var marks: [String] { get }
}

/// Finds what is an object's own at a site, in one observation; ask `confirm` at its end.
///
/// Gone is what two looks in a row answered with 404 by id (decision 13): the first one is noted, and `confirm` throws, so
/// that the next pass looks again.
package struct Finding: Sendable {
    private let input: PassInput
    private var firstMisses: [String] = []

    package init(_ input: PassInput) { self.input = input }

    /// Throws `Missing` when something was not found for the first time.
    package func confirm() throws { if !firstMisses.isEmpty { throw Missing(firstMisses) } }

    /// The thing with a recorded id; nothing once it is gone, or not found for the first time.
    package mutating func thing<Thing>(
        _ id: String, show: (String) async throws -> Thing
    ) async throws -> Thing? {
        if let thing = try await Self.existing({ try await show(id) }) { return thing }
        if !input.missing.contains(id) { firstMisses.append(id) }
        return nil
    }

    /// The thing with the recorded id first, then whatever carries the mark.
    ///
    /// The mark is asked for only when the id does not answer the question: none is recorded, it is gone, a creation's
    /// answer was lost, or everything must be found because the object is being deleted.
    package mutating func things<Thing: Marked>(
        id: String?, show: (String) async throws -> Thing, marked: () async throws -> [Thing]
    ) async throws -> [Thing] {
        var things: [Thing] = []
        if let id, let thing = try await thing(id, show: show) { things.append(thing) }
        if let id, firstMisses.contains(id) { return [] }
        guard things.isEmpty || input.intent != nil || input.object.isDeleting else { return things }
        for thing in try await marked() where !things.contains(where: { $0.id == thing.id }) { things.append(thing) }
        return things
    }

    /// As `things`, for what the object itself stands for: takes over the thing that its annotation names.
    package mutating func ownThings<Thing: Marked>(
        _ type: ResourceType, id: String?, through client: any ObjectClient,
        show: (String) async throws -> Thing, marked: () async throws -> [Thing]
    ) async throws -> [Thing] {
        guard let wanted = input.importID else { return try await things(id: id, show: show, marked: marked) }
        return [try await imported(type, wanted, through: client, show)]
    }
}

extension Finding {
    /// The thing to take over; throws a `Refusal` when there is none, or another object of ours has it.
    private func imported<Thing: Marked>(
        _ type: ResourceType, _ id: String, through client: any ObjectClient, _ show: (String) async throws -> Thing
    ) async throws -> Thing {
        guard let thing = try await Self.existing({ try await show(id) }) else { throw Refusal.importNotFound(id) }
        if let mark = thing.marks.first(where: { $0.hasPrefix("scs:") && $0 != input.mark }) {
            throw Refusal.importTaken(id, by: "the object whose mark it carries, \(mark)")
        }
        let others = try await client.list(type, ListQuery(Scope(.one(input.object.organization)))).items
        if let other = others.first(where: {
            $0.status?["id"]?.string == id && $0.metadata.uid != input.object.metadata.uid
        }) {
            let place = "\(other.metadata.namespace)/\(other.metadata.name)"
            throw Refusal.importTaken(id, by: #"\#(other.kind) "\#(place)""#)
        }
        return thing
    }

    /// The answer, or nothing after a 404.
    package static func existing<Thing>(_ body: () async throws -> Thing) async throws -> Thing? {
        do { return try await body() } catch let error as OpenStackError where error.code == .notFound { return nil }
    }

    /// A deletion, which is also done when the thing was gone already.
    package static func gone(_ body: () async throws -> Void) async throws { _ = try await existing(body) }
}
