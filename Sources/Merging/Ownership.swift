// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// Keeps the books of who manages which field when one writer changes an object of one kind.
package struct Ownership: Sendable {
    let shape: Shape
    let versions: VersionShapes
    var writer: Writer
    /// What an object has that nobody has written anything to.
    let skeleton: JSON

    /// Books for a write of `writer`, whose version has that shape.
    package init(_ shape: Shape, _ versions: VersionShapes, _ writer: Writer, skeleton: JSON = [:]) {
        self.shape = shape
        self.versions = versions
        self.writer = writer
        self.skeleton = skeleton
    }

    /// What no manager is put down to: names, and what the server decides.
    ///
    /// https://github.com/kubernetes/apimachinery/blob/master/pkg/util/managedfields/internal/stripmeta.go
    static let unmanaged = FieldSet(
        [["apiVersion"], ["kind"], ["metadata"]].map { $0.map(PathElement.field) }
            + [
                "name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation",
                "managedFields", "resourceVersion",
            ].map { [.field("metadata"), .field($0)] })

    /// The books after any write that is no apply; both states are in the writer's version.
    ///
    /// - Parameters:
    ///   - live: what was there; absent on creation.
    ///   - new: what will be there, as far as the writer decides it.
    ///   - sent: the `managedFields` that the client sent; well-formed ones take the place of the live ones, through the
    ///     main door only.
    package func updated(live: JSON?, new: JSON, sent: JSON? = nil) -> ManagedFields {
        var managed = started(live, sent)
        // An object that nobody ever applied to and whose books are empty stays without.
        if managed.isEmpty, live != nil { return managed }
        managed = record(live ?? skeleton, new, managed)
        managed.cap()
        return managed
    }

    private func started(_ live: JSON?, _ sent: JSON?) -> ManagedFields {
        let known = live.map { ManagedFields(of: $0) } ?? ManagedFields()
        guard writer.subresource.isEmpty else { return known }
        guard let sent, sent != live?["metadata"]?["managedFields"] else { return known }
        if ManagedFields.isReset(sent) { return ManagedFields() }
        guard let rewritten = try? ManagedFields(tree: sent), !rewritten.isEmpty else { return known }
        return rewritten
    }

    /// Puts a change down to the writer and takes what it overwrote or removed from everybody else.
    func record(_ live: JSON, _ new: JSON, _ before: ManagedFields) -> ManagedFields {
        var managed = settled(before)
        let own = writer.manager(.update)
        let comparison = Comparison(live, new, shape)
        guard !comparison.isEmpty else { return managed }
        let differences = Differences(self, live, new, comparison)
        for entry in managed.entries {
            guard let difference = differences[entry.apiVersion] else {
                managed[entry.manager] = nil
                continue
            }
            var rest = entry
            rest.fields = entry.fields.subtracting(difference.removed)
            if entry.manager != own { rest.fields = rest.fields.subtracting(difference.changed) }
            managed[entry.manager] = rest
        }
        let claimed = comparison.changed.subtracting(Self.unmanaged)
        guard !claimed.isEmpty else { return managed }
        let fields = claimed.union(managed[own]?.fields ?? FieldSet())
        managed[own] = ManagedFields.Entry(own, apiVersion: writer.apiVersion, time: writer.time, fields: fields)
        return managed
    }

    /// The books with fields put right that lie inside of what has become one value since they were written.
    func settled(_ managed: ManagedFields) -> ManagedFields {
        var result = managed
        for var entry in managed.entries {
            let known = entry.apiVersion == writer.apiVersion ? shape : versions.shape(entry.apiVersion)
            guard let fields = known?.settled(entry.fields) else { continue }
            entry.fields = fields
            result[entry.manager] = entry
        }
        return result
    }
}

/// The differences of one change as each version sees them, worked out when asked for.
struct Differences {
    private let ownership: Ownership
    private let live: JSON
    private let new: JSON
    private let own: Comparison

    init(_ ownership: Ownership, _ live: JSON, _ new: JSON, _ own: Comparison) {
        self.ownership = ownership
        self.live = live
        self.new = new
        self.own = own
    }

    /// Absent when the version is served no more.
    subscript(apiVersion: String) -> Comparison? {
        let version = ownership.writer.apiVersion
        guard apiVersion != version else { return own }
        guard let shape = ownership.versions.shape(apiVersion) else { return nil }
        let convert = ownership.versions.convert
        return Comparison(convert(live, version, apiVersion), convert(new, version, apiVersion), shape)
    }
}

extension Shape {
    /// A set without fields inside of what is one value; absent when it has none, which is the rule.
    fileprivate func settled(_ fields: FieldSet) -> FieldSet? {
        var entries = fields.entries
        var isChanged = false
        for (index, entry) in fields.entries.enumerated() where !entry.children.isEmpty {
            let below: Shape? =
                if case .field(let name) = entry.element { member(name)?.shape } else { elements?.shape }
            guard let below else { continue }
            if below.isAtomic {
                entries[index] = .init(entry.element, isMember: true)
                isChanged = true
            } else if let children = below.settled(entry.children) {
                entries[index].children = children
                isChanged = true
            }
        }
        return isChanged ? FieldSet(sorted: entries) : nil
    }
}
