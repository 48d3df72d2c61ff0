// SPDX-License-Identifier: Apache-2.0

package import Resources
import Synchronization

/// The kinds of every place at this moment: those that this program has, and those that definitions made at run time.
///
/// What is defined at the root holds for all organizations; what an organization defines, for itself. Where an organization
/// had a name before the root did, it keeps its own.
package final class KindBook: Sendable {
    private let pages: Mutex<KindPages>
    private let written = Atomic<Int>(0)

    /// A book of kinds that were found to fit together.
    package init(_ builtIn: [Kind]) { pages = Mutex(KindPages(builtIn: builtIn)) }

    /// Grows with every change; read without a lock.
    package var edition: Int { written.load(ordering: .acquiring) }

    /// The book as it is now.
    package var current: KindPages { pages.withLock { $0 } }

    /// Serves a kind, in the place of the one that had its group and plural there.
    package func put(_ kind: Kind, in organization: String) { change { $0.put(kind, in: organization) } }

    /// Serves a kind no more; one that is not there is none to remove.
    package func remove(_ resource: GroupResource, in organization: String) {
        change { $0.remove(resource, in: organization) }
    }

    private func change(_ body: (inout KindPages) -> Void) {
        pages.withLock { pages in
            body(&pages)
            written.store(pages.edition, ordering: .releasing)
        }
    }
}

/// What stands in a `KindBook` at one moment.
package struct KindPages: Sendable {
    private let builtIn: [Kind]
    private var defined: [String: [Kind]] = [:]
    /// The edition in which each place last changed.
    private var changes: [String: Int] = [:]
    /// How often the book was changed.
    package private(set) var edition = 0

    init(builtIn: [Kind]) { self.builtIn = builtIn }

    /// All kinds of an organization, or of the root for an empty name.
    package func kinds(in organization: String) -> [Kind] {
        let own = defined(in: organization)
        guard !organization.isEmpty else { return builtIn + own }
        let common = defined(in: "").filter { kind in !own.contains { $0.clashes(with: kind) } }
        return builtIn + common + own
    }

    /// The kinds that were defined in this very place.
    package func defined(in organization: String) -> [Kind] { defined[organization] ?? [] }

    /// How clients reach the defined kinds that an organization, or the root for an empty name, has objects of.
    package func definedTypes(in organization: String) -> [ResourceType] {
        kinds(in: organization).compactMap { kind in
            guard kind.origin != .builtIn else { return nil }
            return kind.versions.first(where: \.isServed).map { kind.type(version: $0.name) }
        }
    }

    /// The organizations that have defined kinds.
    package var definingOrganizations: [String] { defined.keys.filter { !$0.isEmpty }.sorted() }

    /// The edition in which the kinds of a place last changed; all places but the root have the root's changes too.
    package func edition(of organization: String) -> Int {
        max(changes[organization] ?? 0, changes[""] ?? 0)
    }

    mutating func put(_ kind: Kind, in organization: String) {
        var kinds = defined(in: organization)
        if let index = kinds.firstIndex(where: { $0.groupResource == kind.groupResource }) {
            kinds[index] = kind
        } else {
            kinds.append(kind)
        }
        note(kinds, in: organization)
    }

    mutating func remove(_ resource: GroupResource, in organization: String) {
        let kinds = defined(in: organization)
        let left = kinds.filter { $0.groupResource != resource }
        guard left.count < kinds.count else { return }
        note(left, in: organization)
    }

    private mutating func note(_ kinds: [Kind], in organization: String) {
        edition += 1
        changes[organization] = edition
        defined[organization] = kinds.isEmpty ? nil : kinds
    }
}

extension Kind {
    /// Whether both claim a name in one group.
    package func clashes(with other: Kind) -> Bool {
        guard group == other.group else { return false }
        return names.kind == other.names.kind || names.listKind == other.names.listKind
            || !names.words.isDisjoint(with: other.names.words)
    }
}
