// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle
package import Stores

/// Lets every quiet watch send a bookmark once a minute.
package struct BookmarkTicker: Service {
    private let cache: WatchCache
    private let period: Duration
    private let clock: any Clock<Duration>

    /// A ticker for the watches of one cache.
    package init(_ cache: WatchCache, period: Duration = .seconds(60), clock: any Clock<Duration>) {
        self.cache = cache
        self.period = period
        self.clock = clock
    }

    /// Ticks until cancellation or graceful shutdown.
    package func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await clock.sleep(for: period) } catch is CancellationError { return }
                cache.requestBookmarks()
            }
        }
    }
}
