// SPDX-License-Identifier: Apache-2.0

import Stores
import Testing

extension StoreContract {
    static func aWatchResumesOverARestart(_ subject: Subject) async throws {
        var revisions: [Revision] = []
        for name in 0..<600 { revisions.append(try await subject.store.commit(Sample.create(Sample.key("\(name)")))) }
        let all = try await subject.store.events(after: .zero, through: revisions[599])
        try #require(all.map(\.stored.revision) == revisions)
        let reopened = try await subject.restart()
        for start in [0, 1, 255, 256, 257, 598] {
            let events = try await reopened.events(after: revisions[start], through: revisions[599])
            #expect(events == Array(all[(start + 1)...]))
        }
        var stream = try await reopened.changes(after: revisions[599]).makeAsyncIterator()
        let next = try await reopened.commit(Sample.create(Sample.key("live")))
        #expect(try await stream.next()?.stored.revision == next)
    }

    static func compactionAnswersExpired(_ subject: Subject) async throws {
        let store = subject.store
        var revisions: [Revision] = []
        for name in 0..<700 { revisions.append(try await store.commit(Sample.create(Sample.key("\(name)")))) }
        var slow = try await store.changes(after: .zero).makeAsyncIterator()
        #expect(try await slow.next()?.stored.revision == revisions[0])
        try await store.compact(through: revisions[649])
        let expired = StoreError.expired(oldest: revisions[649])
        await #expect(throws: expired) { try await store.changes(after: revisions[648]) }
        // What the slow reader holds already it may still see, in order; then it hears that it has fallen behind.
        var last = revisions[0]
        await #expect(throws: expired) {
            while let event = try await slow.next() {
                #expect(event.stored.revision.value == last.value + 1)
                last = event.stored.revision
            }
        }
        #expect(last < revisions[649])
        #expect(try await store.events(after: revisions[649], through: revisions[699]).count == 50)
        let reopened = try await subject.restart()
        await #expect(throws: expired) { try await reopened.changes(after: revisions[648]) }
        #expect(try await reopened.list(.all).items.count == 700)
        try await reopened.compact(through: Revision(.max))
        #expect(try await reopened.currentRevision() == revisions[699])
    }

    static func aWatchFromTheFutureIsExpired(_ subject: Subject) async throws {
        let store = subject.store
        let revision = try await store.commit(Sample.create(Sample.key("one")))
        await #expect(throws: StoreError.expired(oldest: .zero)) {
            try await store.changes(after: Revision(revision.value + 1))
        }
    }

    static func aCancelledWatchEnds(_ subject: Subject) async throws {
        let stream = try await subject.store.changes(after: .zero)
        let reader = Task {
            var count = 0
            for try await _ in stream { count += 1 }
            return count
        }
        reader.cancel()
        #expect(try await reader.value == 0)
    }
}
