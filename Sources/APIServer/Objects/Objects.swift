// SPDX-License-Identifier: Apache-2.0

package import Access
import Resources
package import Stores

/// Reads and writes objects as the Kubernetes API defines it, without HTTP: the one engine behind every face and client.
///
/// Every function authorizes first, so an error never tells of objects that the user may not see.
package struct Objects: Sendable {
    let cache: WatchCache
    let authorizer: any Authorizer
    let places: Places
    let surroundings: Surroundings
    let catalog: Catalog.Source
    /// Reads without asking who wants to know: for admission.
    let reader: any ObjectReader
    /// Asks webhooks about writes; absent where nobody can configure any.
    let review: WebhookReview?

    /// Serves the kinds of `catalog` from `cache`.
    package init(
        cache: WatchCache, catalog: @escaping Catalog.Source, authorizer: any Authorizer, places: Places,
        surroundings: Surroundings, review: WebhookReview? = nil
    ) {
        self.cache = cache
        self.authorizer = authorizer
        self.places = places
        self.surroundings = surroundings
        self.catalog = catalog
        self.review = review
        reader = CachedObjects(cache: cache, catalog: catalog)
    }
}

/// What the engine asks about places, so that it need not know which kinds describe them.
package struct Places: Sendable {
    /// Whether a namespace takes new objects.
    package enum NamespaceState: Hashable, Sendable { case active, terminating, absent }

    package var organizationExists: @Sendable (String) async -> Bool
    /// The state of a namespace in an organization.
    package var namespaceState: @Sendable (_ organization: String, _ namespace: String) async -> NamespaceState

    /// Asks through two closures.
    package init(
        organizationExists: @escaping @Sendable (String) async -> Bool,
        namespaceState: @escaping @Sendable (_ organization: String, _ namespace: String) async -> NamespaceState
    ) {
        self.organizationExists = organizationExists
        self.namespaceState = namespaceState
    }
}

/// Time and chance, handed in so that tests can fix both.
package struct Surroundings: Sendable {
    /// Microseconds since 1970, UTC.
    package var now: @Sendable () -> Int64
    package var uid: @Sendable () -> String
    /// What is put behind a `generateName`.
    package var suffix: @Sendable () -> String

    /// Time and chance from three closures.
    package init(
        now: @escaping @Sendable () -> Int64, uid: @escaping @Sendable () -> String,
        suffix: @escaping @Sendable () -> String
    ) {
        self.now = now
        self.uid = uid
        self.suffix = suffix
    }

    /// Random names and uids; the time comes from the caller, in microseconds since 1970.
    package static func random(now: @escaping @Sendable () -> Int64) -> Surroundings {
        Surroundings(now: now, uid: { UID.random() }, suffix: { GeneratedName.make(prefix: "") })
    }

    /// Seconds since 1970, UTC.
    package var seconds: Int64 { now() / 1_000_000 }
}

/// What a write left behind.
package struct Written: Sendable {
    /// The object in the version asked for; its revision is zero when nothing was stored.
    package var stored: Stored
    package var isCreated: Bool
    /// For the `Warning` headers.
    package var warnings: [String]

    /// What is there now, and what the client should be warned of.
    package init(_ stored: Stored, isCreated: Bool = false, warnings: [String] = []) {
        self.stored = stored
        self.isCreated = isCreated
        self.warnings = warnings
    }
}
