// SPDX-License-Identifier: Apache-2.0

import Resources
import Schemas

/// Which of the names that a definition wants it gets, as others in its group may have them already.
struct NameAcceptance: Equatable {
    struct Conflict: Equatable {
        var reason: String
        var message: String
    }

    /// The names that it has: of those in conflict the ones that it had before.
    private(set) var names: Definition.Names
    /// The last of the conflicts, which is what upstream tells.
    private(set) var conflict: Conflict?

    /// - Parameters:
    ///   - wanted: what the definition says.
    ///   - had: what was accepted before.
    ///   - others: all kinds that are served in its place, without its own.
    init(_ wanted: Definition.Names, had: Definition.Names, others: [Kind]) {
        let words = Set(others.flatMap { [$0.names.plural, $0.names.singular] + $0.names.shortNames })
        let kinds = Set(others.flatMap { [$0.names.kind, $0.names.listKind] })
        names = wanted
        names.plural = choose(wanted.plural, had.plural, words, "PluralConflict")
        names.singular = choose(wanted.singular, had.singular, words, "SingularConflict")
        if let taken = wanted.shortNames.first(where: { words.contains($0) && !had.shortNames.contains($0) }) {
            names.shortNames = had.shortNames
            note(taken, "ShortNamesConflict")
        }
        names.kind = choose(wanted.kind, had.kind, kinds, "KindConflict")
        names.listKind = choose(wanted.listKind, had.listKind, kinds, "ListKindConflict")
        // Categories are shared, so they are never in conflict; upstream accepts them with everything else only.
        if conflict != nil { names.categories = had.categories }
    }

    /// All names, for a definition that nobody contends with.
    init(_ wanted: Definition.Names) { names = wanted }

    private mutating func choose(_ wanted: String, _ had: String, _ taken: Set<String>, _ reason: String) -> String {
        guard wanted != had, taken.contains(wanted) else { return wanted }
        note(wanted, reason)
        return had
    }

    private mutating func note(_ name: String, _ reason: String) {
        conflict = Conflict(reason: reason, message: "\"\(name)\" is already in use")
    }
}
