// SPDX-License-Identifier: Apache-2.0

/// Who manages which fields of an object: `metadata.managedFields`.
///
/// https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
package struct ManagedFields: Hashable, Sendable {
    /// How a manager came to its fields.
    package enum Operation: String, Hashable, Sendable {
        /// It applied them: what it no longer applies goes.
        case apply = "Apply"
        /// It wrote them in any other way.
        case update = "Update"
    }

    /// What makes two entries one manager's.
    ///
    /// Somebody who applies is the same in every version.
    package struct Manager: Hashable, Sendable {
        package var name: String
        package var operation: Operation
        /// The version that an update was made in; empty for an applier.
        package var apiVersion: String
        /// The door that it wrote through; empty for the main one.
        package var subresource: String

        package init(_ name: String, _ operation: Operation, apiVersion: String, subresource: String = "") {
            self.name = name
            self.operation = operation
            self.apiVersion = operation == .apply ? "" : apiVersion
            self.subresource = subresource
        }
    }

    /// The fields of one manager.
    package struct Entry: Hashable, Sendable {
        package let manager: Manager
        /// The version that the fields are written in.
        package var apiVersion: String
        /// When it last changed something, RFC 3339 in seconds; absent when it only began to share what was there.
        package var time: String?
        package var fields: FieldSet

        package init(_ manager: Manager, apiVersion: String, time: String? = nil, fields: FieldSet = FieldSet()) {
            self.manager = manager
            self.apiVersion = apiVersion
            self.time = time
            self.fields = fields
        }
    }

    /// Each manager once.
    package private(set) var entries: [Entry]

    /// Entries whose managers are distinct, or nobody.
    package init(_ entries: [Entry] = []) { self.entries = entries }

    package var isEmpty: Bool { entries.isEmpty }

    /// The entry of a manager; an entry that is set without fields is taken out.
    package subscript(manager: Manager) -> Entry? {
        get { entries.first { $0.manager == manager } }
        set {
            let place = entries.firstIndex { $0.manager == manager }
            let value = newValue.flatMap { $0.fields.isEmpty ? nil : $0 }
            switch (place, value) {
            case (let place?, let value?): entries[place] = value
            case (let place?, nil): entries.remove(at: place)
            case (nil, let value?): entries.append(value)
            case (nil, nil): break
            }
        }
    }

    /// Whether both say the same, whenever it was written.
    package func agrees(with other: ManagedFields) -> Bool {
        entries.count == other.entries.count
            && entries.allSatisfy { entry in
                let known = other[entry.manager]
                return known?.fields == entry.fields && known?.apiVersion == entry.apiVersion
            }
    }

    /// What all managers of a version manage.
    func fields(in apiVersion: String) -> FieldSet {
        entries.reduce(FieldSet()) { $1.apiVersion == apiVersion ? $0.union($1.fields) : $0 }
    }
}

// MARK: - Many updaters

extension ManagedFields {
    /// As upstream: an object has at most that many entries of updates.
    package static let mostUpdaters = 10
    /// Who the oldest updates are put down to when there are too many.
    static let ancient = "ancient-changes"

    /// Puts the oldest updates together, version by version, until there are few enough.
    mutating func cap() {
        let updaters = entries.filter { $0.manager.operation == .update }
        var surplus = updaters.count - Self.mostUpdaters
        guard surplus > 0 else { return }
        var firsts: [String: Manager] = [:]
        for entry in updaters.sorted(by: Self.isOlder) where surplus > 0 {
            guard let first = firsts[entry.apiVersion] else {
                firsts[entry.apiVersion] = entry.manager
                continue
            }
            let bucket = Manager(Self.ancient, .update, apiVersion: entry.apiVersion)
            let collected = self[bucket]?.fields ?? self[first]?.fields ?? FieldSet()
            self[first] = nil
            self[entry.manager] = nil
            self[bucket] = Entry(
                bucket, apiVersion: entry.apiVersion, time: entry.time, fields: collected.union(entry.fields))
            surplus -= 1
        }
    }

    /// Times of one spelling compare as texts.
    private static func isOlder(_ left: Entry, _ right: Entry) -> Bool {
        (left.time ?? "", left.manager.name, left.manager.subresource)
            < (right.time ?? "", right.manager.name, right.manager.subresource)
    }
}
