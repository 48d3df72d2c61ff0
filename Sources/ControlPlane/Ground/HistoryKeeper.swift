// SPDX-License-Identifier: Apache-2.0

import Clients
import ServiceLifecycle
import Stores

/// Forgets history that is older than the operator wants to keep it.
///
/// Ages count from this process's start: a revision from before is as old as the process at least.
struct HistoryKeeper: Service {
    let store: any Store
    let history: Duration
    let time: Timekeeper

    /// A revision and when it was the newest one.
    private struct Mark {
        let revision: Revision
        let since: Duration
    }

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            var marks: [Mark] = []
            repeat {
                marks.append(Mark(revision: try await store.currentRevision(), since: time.elapsed()))
                let limit = time.elapsed() - history
                guard let last = marks.lastIndex(where: { $0.since <= limit }) else { continue }
                let revision = marks[last].revision
                marks.removeFirst(last + 1)
                // A full disk is the store's own to tell; the next round tries again.
                try? await store.compact(through: revision)
            } while (try? await time.sleep(for: .seconds(60))) != nil
        }
    }
}
