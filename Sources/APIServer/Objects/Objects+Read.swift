// SPDX-License-Identifier: Apache-2.0

package import Resources
import Schemas
package import Stores

extension Objects {
    /// One object, in the version asked for; throws `notFound`.
    package func get(_ target: Target, by user: UserInfo) async throws -> Stored {
        try await permit("get", target, to: user)
        return try target.served.converted(await present(target))
    }

    /// The object as it is stored; throws `notFound`.
    func present(_ target: Target) async throws -> Stored {
        let name = try target.requiredName()
        if let stored = try await cache.get(target.key(name)) { return stored }
        if let lower = target.lowerKey(name), let stored = try await cache.get(lower) { return stored }
        throw target.notFound(name)
    }

    /// The object as it is stored, to be changed there; throws `forbidden` for one of the root's that is only seen.
    func changeable(_ target: Target) async throws -> Stored {
        let stored = try await present(target)
        if let organization = target.upperLayer, stored.key.object.organization != organization {
            throw target.forbidden(
                because: "the provider has it for every organization; it is written at the root path")
        }
        return stored
    }
}

/// Some objects of a kind, all of one moment.
package struct ObjectPage: Sendable {
    package var items: [Stored]
    package var revision: Revision
    /// Absent on the last page.
    package var continueToken: ContinueToken?
    /// How many follow; absent when a selection makes that unknown.
    package var remaining: Int?

    /// A page; without a token it is the last.
    package init(items: [Stored], revision: Revision, continueToken: ContinueToken? = nil, remaining: Int? = nil) {
        self.items = items
        self.revision = revision
        self.continueToken = continueToken
        self.remaining = remaining
    }
}

extension Objects {
    /// What a scope holds; throws `expired` for a page whose moment is forgotten.
    package func list(_ target: Target, _ options: ListOptions, by user: UserInfo) async throws -> ObjectPage {
        try await permit("list", target, to: user)
        return try await page(target, options)
    }

    func page(_ target: Target, _ options: ListOptions) async throws -> ObjectPage {
        let token = try options.continueToken.map { try ContinueToken($0, within: target.prefix) }
        let past = token.flatMap { $0.revision == .zero ? nil : $0.revision }
        var scan = Scan(target: target, options: options, at: past, after: token?.key)
        scan.hidden = try await hidden(target)
        if token == nil { scan.moment = try await moment(options.moment, target) }
        do {
            return try await scan.run(cache)
        } catch StoreError.expired(let oldest) {
            throw APIError.forgotten(token, oldest: oldest)
        }
    }

    /// The keys of the root's objects that an organization does not see, because it has its own of the name.
    private func hidden(_ target: Target) async throws -> Set<StoreKey> {
        guard let organization = target.upperLayer else { return [] }
        let own = StorePrefix(target.kind.groupResource, Scope(.one(organization)))
        return Set(try await cache.list(own).items.compactMap { target.lowerKey($0.key.object.name) })
    }

    /// The revision to list at; absent for the newest.
    ///
    /// A revision that no write has made yet is not waited for: the client is told to come back.
    private func moment(_ moment: ListOptions.Moment, _ target: Target) async throws -> Revision? {
        let asked: Revision
        switch moment {
        case .latest: return nil
        case .notOlderThan(let revision), .exactly(let revision): asked = revision
        }
        let current = try await cache.list(target.prefix, limit: 1).revision
        guard asked <= current else { throw APIError.tooNew(revision: asked.value, current: current.value) }
        if case .exactly = moment { return asked }
        return nil
    }
}

extension APIError {
    /// The moment of a list is forgotten; a list that goes on may do so at the newest moment.
    fileprivate static func forgotten(_ token: ContinueToken?, oldest: Revision) -> APIError {
        guard let token else {
            return APIError(.expired, "The provided resource version is too old: history begins at \(oldest.value)")
        }
        return APIError(
            .expired,
            "The provided continue parameter is too old to display a consistent list result: history begins at "
                + "\(oldest.value). Start a new list without it, or use the continue token in this answer for the rest; "
                + "what was created, changed or deleted since the first page may then be shown or not",
            details: .init(continueToken: ContinueToken(revision: .zero, key: token.key).text))
    }
}

/// Collects one page: steps over the cache's order, keeping what the selection wants.
private struct Scan {
    static let stride = 1000

    let target: Target
    let options: ListOptions
    var moment: Revision?
    var after: StoreKey?
    var items: [Stored] = []
    var hidden: Set<StoreKey> = []

    init(target: Target, options: ListOptions, at moment: Revision?, after: StoreKey?) {
        self.target = target
        self.options = options
        self.moment = moment
        self.after = after
    }

    mutating func run(_ cache: WatchCache) async throws -> ObjectPage {
        while true {
            let page = try await cache.list(target.prefix, at: moment, after: after, limit: stride)
            moment = page.revision
            for (index, item) in page.items.enumerated() where isWanted(item) {
                items.append(try target.served.converted(item.stored))
                guard items.count == options.limit else { continue }
                let left = page.items.count - index - 1 + page.remaining
                return result(page.revision, next: left > 0 ? item.key : nil, left: left)
            }
            guard let next = page.next else { return result(page.revision, next: nil, left: 0) }
            after = next
        }
    }

    /// Without a selection one step is the whole page.
    private var stride: Int? { isSelective ? Self.stride : options.limit }

    private var isSelective: Bool {
        !options.selection.isEverything || target.organizations == .everywhere || target.upperLayer != nil
    }

    private func isWanted(_ item: CachedObject) -> Bool {
        target.covers(item.key) && !hidden.contains(item.key) && options.selection.matches(item, of: target.served)
    }

    private func result(_ revision: Revision, next: StoreKey?, left: Int) -> ObjectPage {
        ObjectPage(
            items: items, revision: revision, continueToken: next.map { ContinueToken(revision: revision, key: $0) },
            remaining: isSelective || next == nil ? nil : left)
    }
}
