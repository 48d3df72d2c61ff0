// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// What a server-side apply comes to.
package struct Applied: Hashable, Sendable {
    /// The object as it shall be, before defaults; its `managedFields` are as they were.
    package let object: JSON
    package let managed: ManagedFields
}

/// Why a configuration cannot be applied.
package enum ApplyFailure: Error, Hashable, Sendable {
    /// Others manage the fields, and force was not asked for.
    case conflicts([FieldConflict])
    /// The configuration does not fit the schema.
    case misfits([ShapeProblem])
}

extension Ownership {
    /// Who fields are put down to that were there before the first apply.
    static let beforeFirstApply = "before-first-apply"

    /// Lays a configuration over an object: its fields become the writer's, those that it no longer names go.
    ///
    /// - Parameters:
    ///   - live: what is there, absent when nothing is; both are in the writer's version.
    ///   - force: takes fields over from whoever manages them.
    package func apply(
        _ configuration: JSON, to live: JSON?, force: Bool = false
    ) throws(ApplyFailure) -> Applied {
        var reading = AppliedFields(shape)
        let fields = reading.fields(of: configuration)
        guard reading.problems.isEmpty else { throw .misfits(reading.problems) }
        guard let live else { return created(configuration, fields) }
        let lastApplied = LastApplied(self, live, configuration)
        let work = ApplyWork(self, live, before: books(of: live), fields)
        let merged = work.merged(configuration)
        let outcome = work.outcome(of: merged)
        let conflicts = force ? [] : lastApplied.remaining(outcome.conflicts)
        guard conflicts.isEmpty else { throw .conflicts(conflicts) }
        return Applied(object: lastApplied.updated(merged.object ?? live), managed: outcome.managed)
    }

    private func created(_ configuration: JSON, _ fields: FieldSet) -> Applied {
        let own = writer.manager(.apply)
        var managed = ManagedFields()
        managed[own] = .init(
            own, apiVersion: writer.apiVersion, time: writer.time, fields: fields.subtracting(Self.unmanaged))
        return Applied(object: configuration, managed: managed)
    }

    /// The books of an object before an apply: without any, all that is there is put down to nobody in particular.
    private func books(of live: JSON) -> ManagedFields {
        let known = ManagedFields(of: live)
        guard known.isEmpty else { return settled(known) }
        var nobody = self
        nobody.writer.name = Self.beforeFirstApply
        return nobody.record(skeleton, live, known)
    }
}

/// One apply, from the live object to the new one and its books.
private struct ApplyWork {
    /// The new object, and the books in which the writer has its new fields already.
    struct Merged {
        /// Absent when nothing changes.
        var object: JSON?
        var managed: ManagedFields
    }

    private let ownership: Ownership
    private let live: JSON
    private let before: ManagedFields
    /// All that is applied, names included: what holds them must not be pruned.
    private let fields: FieldSet
    private let own: ManagedFields.Manager

    init(_ ownership: Ownership, _ live: JSON, before: ManagedFields, _ fields: FieldSet) {
        self.ownership = ownership
        self.live = live
        self.before = before
        self.fields = fields
        own = ownership.writer.manager(.apply)
    }

    func merged(_ configuration: JSON) -> Merged {
        let last = before[own]
        var managed = before
        managed[own] = .init(
            own, apiVersion: ownership.writer.apiVersion, time: last?.time, fields: fields)
        let merged = ownership.shape.merging(live, with: configuration)
        let pruned: JSON? = if let last { self.pruned(merged ?? live, managed, last) } else { nil }
        let object = (pruned ?? merged).flatMap { $0.means(live) ? nil : $0 }
        return Merged(object: object, managed: managed)
    }

    /// The object without what was applied last time and is managed by nobody now; absent when all stays.
    private func pruned(_ object: JSON, _ managed: ManagedFields, _ last: ManagedFields.Entry) -> JSON? {
        let version = ownership.writer.apiVersion
        guard last.fields != fields.subtracting(Ownership.unmanaged) || last.apiVersion != version else { return nil }
        guard let shape = ownership.versions.shape(last.apiVersion) else { return nil }
        let there = last.apiVersion == version ? object : ownership.versions.convert(object, version, last.apiVersion)
        let claims = managed.fields(in: last.apiVersion)
        guard var pruned = Pruning.pruned(there, shape, last: last.fields, managed: claims) else { return nil }
        var current = last.apiVersion
        for other in Set(managed.entries.map(\.apiVersion)).sorted() where other != last.apiVersion {
            guard let shape = ownership.versions.shape(other) else { continue }
            let whole = ownership.versions.convert(object, version, other)
            let less = ownership.versions.convert(pruned, current, other)
            let gone = Comparison(whole, less, shape).removed
            // What another version's managers hold comes back.
            pruned = Pruning.pruned(whole, shape, last: gone, managed: managed.fields(in: other)) ?? whole
            current = other
        }
        return ownership.versions.convert(pruned, current, version)
    }

    /// What the change takes from others, and the books once it has.
    func outcome(of merged: Merged) -> (conflicts: [FieldConflict], managed: ManagedFields) {
        var managed = merged.managed
        if var entry = managed[own] {
            entry.fields = fields.subtracting(Ownership.unmanaged)
            if merged.object != nil { entry.time = ownership.writer.time }
            managed[own] = entry
        }
        guard let object = merged.object else { return ([], managed) }
        let comparison = Comparison(live, object, ownership.shape)
        let differences = Differences(ownership, live, object, comparison)
        var conflicts: [FieldConflict] = []
        for var entry in merged.managed.entries where entry.manager != own {
            guard let difference = differences[entry.apiVersion] else {
                managed[entry.manager] = nil
                continue
            }
            let taken = entry.fields.intersection(difference.changed)
            if !taken.isEmpty { conflicts.append(FieldConflict(entry, taken)) }
            entry.fields = entry.fields.subtracting(difference.changed).subtracting(difference.removed)
            managed[entry.manager] = entry
        }
        return (conflicts.sorted { $0.manager.name < $1.manager.name }, managed)
    }
}
