// SPDX-License-Identifier: Apache-2.0

package import Resources
import Schemas
package import Stores

extension Objects {
    /// Follows what happens to the objects of a scope; throws `expired` when its beginning is forgotten.
    package func watch(_ target: Target, _ options: WatchOptions, by user: UserInfo) async throws -> ObjectWatch {
        try await permit("watch", target, to: user)
        let (initial, begin) = try await beginning(target, options)
        do {
            let changes = try await cache.watch(target.prefix, after: begin)
            return ObjectWatch(
                target, options.selection, catalog, initial: initial, changes: changes,
                saysInitialEnd: options.sendsInitialEvents == true && options.wantsBookmarks)
        } catch StoreError.expired(let oldest) {
            throw APIError.tooOld(begin, oldest: oldest)
        }
    }

    /// What a watch shows first, and the revision that it then follows.
    private func beginning(_ target: Target, _ options: WatchOptions) async throws -> ([Stored], Revision) {
        if let after = options.after, options.sendsInitialEvents != true { return ([], after) }
        let moment = options.sendsInitialEvents == true ? ListOptions.moment(options.after) : .latest
        var wanted = ListOptions(selection: options.selection, moment: moment)
        if options.sendsInitialEvents == false { wanted.limit = 1 }
        let page = try await page(target, wanted)
        return (options.sendsInitialEvents == false ? [] : page.items, page.revision)
    }
}

extension APIError {
    static func tooOld(_ revision: Revision, oldest: Revision) -> APIError {
        .tooOld(revision: revision.value, oldest: oldest.value)
    }
}

/// A running watch: what was there at its beginning, then what changes.
package struct ObjectWatch: Sendable {
    /// What happened, as the wire spells it.
    package enum Action: String, Hashable, Sendable {
        case added = "ADDED"
        case modified = "MODIFIED"
        case deleted = "DELETED"
    }

    /// One change as this watcher sees it: an object that begins to match was added, one that stops was deleted.
    package struct Event: Sendable {
        package let action: Action
        /// In the version asked for.
        package let stored: Stored
    }

    package let target: Target
    package let initial: [Stored]
    package let changes: CacheWatch
    /// Whether a bookmark tells that the initial objects are all there.
    package let saysInitialEnd: Bool
    private let selection: Selection
    private let catalog: Catalog.Source

    init(
        _ target: Target, _ selection: Selection, _ catalog: @escaping Catalog.Source, initial: [Stored],
        changes: CacheWatch, saysInitialEnd: Bool
    ) {
        self.target = target
        self.selection = selection
        self.catalog = catalog
        self.initial = initial
        self.changes = changes
        self.saysInitialEnd = saysInitialEnd
    }

    /// The kind as it is served now, perhaps with another schema than at the beginning.
    package var served: ServedResource {
        guard target.kind.origin != .builtIn else { return target.served }
        return catalog(target.organizations).kind(target.served.resource) ?? target.served
    }

    /// What a change means here; absent when it is of no concern.
    package func event(_ change: CacheEvent, as served: ServedResource) throws -> Event? {
        guard target.covers(change.stored.key), let action = action(change, served) else { return nil }
        return Event(action: action, stored: try served.converted(shown(change, action)))
    }

    private func action(_ change: CacheEvent, _ served: ServedResource) -> Action? {
        if selection.isEverything {
            return switch change.action {
            case .created: .added
            case .changed: .modified
            case .deleted: .deleted
            }
        }
        let matches = change.action != .deleted && selection.matches(change.stored, of: served)
        return switch (matchedBefore(change, served), matches) {
        case (false, true): .added
        case (true, true): .modified
        case (true, false): .deleted
        case (false, false): nil
        }
    }

    /// A state that the history no longer holds counts as one that matched: a deletion too many harms no client.
    private func matchedBefore(_ change: CacheEvent, _ served: ServedResource) -> Bool {
        guard change.action != .created else { return false }
        guard let previous = change.previous else { return true }
        return selection.matches(previous, of: served)
    }

    /// An object that stops matching is shown as it last matched, with the change's revision.
    private func shown(_ change: CacheEvent, _ action: Action) -> Stored {
        guard action == .deleted, change.action == .changed, let previous = change.previous else {
            return change.stored.stored
        }
        return Stored(key: change.stored.key, object: previous.object, revision: change.stored.revision)
    }
}
