// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Stores
import Synchronization

/// A webhook, with whose it is.
struct PlacedWebhook: Sendable {
    let webhook: Webhook
    /// The organization of its configuration; empty for the provider's, which are asked about all organizations.
    let organization: String
    /// The configuration's name.
    let configuration: String
}

/// The webhooks of every place, read from the cache: what was acknowledged is in force for the next write.
///
/// Each configuration is read and compiled once a revision. Where there is none, asking costs one look into the cache.
final class WebhookBook: Sendable {
    private struct Page {
        let revision: Revision
        let webhooks: [PlacedWebhook]
    }

    private let cache: WatchCache
    private let types: [(GroupResource, Webhook.Form)]
    private let pages = Mutex<[StoreKey: Page]>([:])

    init(cache: WatchCache, mutating: GroupResource, validating: GroupResource) {
        self.cache = cache
        types = [(mutating, .mutating), (validating, .validating)]
    }

    /// The webhooks that are asked about writes in an organization, or at the root for an empty name.
    ///
    /// They are in order of their configurations' names, and in each in its order; the provider's come first.
    func webhooks(for organization: String) async throws -> [PlacedWebhook] {
        let places = organization.isEmpty ? [""] : ["", organization]
        let prefixes = places.flatMap { place in types.map { StorePrefix($0.0, Scope(.one(place))) } }
        let stored = try await cache.objects(under: prefixes)
        guard !stored.isEmpty else { return [] }
        return try pages.withLock { pages in
            if pages.count > Self.limit { pages.removeAll() }
            return try stored.flatMap { try webhooks(of: $0, &pages) }
        }
    }

    /// More pages than this are forgotten together, those of deleted configurations with them.
    private static let limit = 4096

    private func webhooks(of stored: Stored, _ pages: inout [StoreKey: Page]) throws -> [PlacedWebhook] {
        if let page = pages[stored.key], page.revision == stored.revision { return page.webhooks }
        let form = types.first { $0.0 == stored.key.type }?.1 ?? .validating
        let head = StoredObject.Head(apiVersion: "", kind: "")
        let tree = try stored.object.tree(head, revision: stored.revision.value)
        let webhooks = (tree["webhooks"]?.array ?? []).map { element in
            PlacedWebhook(
                webhook: Webhook(form, tree: element), organization: stored.key.object.organization,
                configuration: stored.key.object.name)
        }
        pages[stored.key] = Page(revision: stored.revision, webhooks: webhooks)
        return webhooks
    }
}
