// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Login
import Resources
import ServiceLifecycle

/// Deletes events that are older than an hour, so that they tell the news and fill no disk.
struct EventExpiry: Sendable {
    static let identity = ServiceIdentity.controller("events")
    /// In seconds, as upstream.
    static let lifetime: Int64 = 3600
    private static let interval = Duration.seconds(120)

    let client: any ObjectClient
    let time: Timekeeper
    let report: @Sendable (any Error) -> Void

    /// Looks at all events once, page by page.
    func sweep() async throws {
        var query = ListQuery(.everywhere, limit: 500)
        repeat {
            let page = try await client.list(Event.type, query)
            for event in page.items where isExpired(event) {
                try await client.deleteIfThere(Event.type, event, propagation: .background)
            }
            query.continueToken = page.continueToken
        } while query.continueToken != nil
    }

    private func isExpired(_ event: Object) -> Bool {
        let times = [
            event.tree["lastTimestamp"], event.tree["series"]?["lastObservedTime"], event.tree["eventTime"],
            event.metadata.tree["creationTimestamp"],
        ]
        let last = times.compactMap { $0?.string.flatMap(Timestamp.init)?.seconds }.max()
        return last.map { $0 + Self.lifetime <= time.wall() } ?? false
    }
}

extension EventExpiry: Service {
    /// Sweeps every two minutes until it is cancelled or shut down; an error ends one sweep only.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await sweep()
                } catch is CancellationError {
                    return
                } catch {
                    report(error)
                }
                guard (try? await time.sleep(for: Self.interval)) != nil else { return }
            }
        }
    }
}
