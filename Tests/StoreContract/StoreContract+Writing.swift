// SPDX-License-Identifier: Apache-2.0

import Stores
import Testing

extension StoreContract {
    static func revisionsOnlyGrow(_ subject: Subject) async throws {
        var last = try await subject.store.currentRevision()
        for name in 0..<20 {
            let key = Sample.key("\(name)")
            for change in [Sample.create(key), nil, nil] {
                let next = try await subject.store.commit(change ?? Sample.update(key, at: last))
                #expect(next > last)
                last = next
            }
            last = try await subject.store.commit(Sample.delete(key, at: last))
        }
        try await subject.store.compact(through: last)
        let reopened = try await subject.restart()
        #expect(try await reopened.currentRevision() == last)
        #expect(try await reopened.commit(Sample.create(Sample.key("after"))) > last)
    }

    static func aRevisionNamesOneChange(_ subject: Subject) async throws {
        let store = subject.store
        let revisions = try await withThrowingTaskGroup(of: (StoreKey, Revision).self) { group in
            for name in 0..<100 {
                group.addTask { (Sample.key("\(name)"), try await store.commit(Sample.create(Sample.key("\(name)")))) }
            }
            return try await group.reduce(into: [Revision: StoreKey]()) { $0[$1.1] = $1.0 }
        }
        #expect(revisions.count == 100)
        let newest = try await store.currentRevision()
        for event in try await store.events(after: .zero, through: newest) {
            #expect(revisions[event.stored.revision] == event.stored.key)
        }
        for item in try await store.list(.all).items { #expect(revisions[item.revision] == item.key) }
    }

    static func aCommitIsDurable(_ subject: Subject) async throws {
        let key = Sample.key("kept")
        let first = try await subject.store.commit(Sample.create(key, "one"))
        let second = try await subject.store.commit(Sample.update(key, at: first, "two"))
        let expected = Stored(key: key, object: Sample.object("kept", "two"), revision: second)
        #expect(try await subject.store.get(key) == expected)
        let reopened = try await subject.restart()
        #expect(try await reopened.get(key) == expected)
        #expect(try await reopened.list(.all).items == [expected])
    }

    static func aStaleRevisionConflicts(_ subject: Subject) async throws {
        let store = subject.store
        let key = Sample.key("one")
        let first = try await store.commit(Sample.create(key))
        let second = try await store.commit(Sample.update(key, at: first))
        await #expect(throws: StoreError.conflict(key, present: second)) {
            try await store.commit(Sample.update(key, at: first))
        }
        await #expect(throws: StoreError.conflict(key, present: second)) {
            try await store.commit(Sample.delete(key, at: first))
        }
        await #expect(throws: StoreError.exists(key)) { try await store.commit(Sample.create(key)) }
        let absent = Sample.key("absent")
        await #expect(throws: StoreError.notFound(absent)) {
            try await store.commit(Sample.update(absent, at: second))
        }
        let third = try await store.commit(Sample.delete(key, at: second))
        await #expect(throws: StoreError.notFound(key)) { try await store.commit(Sample.delete(key, at: third)) }
        #expect(try await store.currentRevision() == third, "a refused change has no revision")
    }

    static func aFailedChangeFailsAlone(_ subject: Subject) async throws {
        let store = subject.store
        let key = Sample.key("contested")
        let first = try await store.commit(Sample.create(key))
        let winners = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<60 {
                group.addTask {
                    _ = try await store.commit(Sample.create(Sample.key("other-\(number)")))
                    do { _ = try await store.commit(Sample.update(key, at: first)) } catch StoreError.conflict {
                        return 0
                    }
                    return 1
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(winners == 1)
        #expect(try await store.list(.all).items.count == 61)
        #expect(try await store.currentRevision().value == first.value + 61)
    }
}
