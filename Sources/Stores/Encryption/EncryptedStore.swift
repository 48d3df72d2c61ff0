// SPDX-License-Identifier: Apache-2.0

package import Resources

/// A store that keeps the objects of some kinds encrypted in another store, history included.
///
/// Above it nobody sees the difference; in the file, in its log and in a backup, there is nothing to read.
package struct EncryptedStore: Store {
    private let store: any Store
    private let types: Set<GroupResource>
    private let envelope: Envelope

    /// - Parameter types: the kinds whose objects are encrypted, such as Secrets.
    package init(_ store: any Store, encrypting types: Set<GroupResource>, with keyRing: KeyRing) {
        self.store = store
        self.types = types
        envelope = Envelope(keyRing: keyRing)
    }

    package func commit(_ change: Change) async throws -> Revision {
        guard types.contains(change.key.type) else { return try await store.commit(change) }
        var sealed = change
        switch change.write {
        case .put(let object): sealed.write = .put(try envelope.seal(object, at: change.key))
        case .delete(let last): sealed.write = .delete(last: try envelope.seal(last, at: change.key))
        }
        return try await store.commit(sealed)
    }

    package func get(_ key: StoreKey) async throws -> Stored? { try await store.get(key).map(opened) }

    package func list(_ prefix: StorePrefix) async throws -> Snapshot {
        let snapshot = try await store.list(prefix)
        return Snapshot(items: try snapshot.items.map(opened), revision: snapshot.revision)
    }

    package func changes(after revision: Revision) async throws -> AsyncThrowingStream<StoreEvent, any Error> {
        let sealed = try await store.changes(after: revision)
        return AsyncThrowingStream {
            // All iterators of a stream share its place, so a new one goes on where the last one was.
            var iterator = sealed.makeAsyncIterator()
            guard let event = try await iterator.next() else { return nil }
            do {
                return StoreEvent(action: event.action, stored: try opened(event.stored))
            } catch EncryptionError.unknownKey {
                // Its key was retired: for the reader that is as if this history were compacted.
                throw StoreError.expired(oldest: event.stored.revision)
            }
        }
    }

    package func compact(through revision: Revision) async throws { try await store.compact(through: revision) }

    package func currentRevision() async throws -> Revision { try await store.currentRevision() }

    /// Writes every object that is not under the primary key anew, and returns how many that were.
    ///
    /// Afterwards older keys are needed for history only, until it is compacted up to the revision that is current then. It may
    /// be interrupted at any await: what is done stays, and the next run does the rest.
    ///
    /// - Parameter pause: is called after each slice of objects, to let others write.
    package func reencrypt(
        slice: Int = .max, pause: () async throws -> Void = {}
    ) async throws -> Int {
        var count = 0
        for type in types {
            for item in try await store.list(StorePrefix(type, .everywhere)).items
            where !envelope.isUnderPrimary(item.object) {
                guard try await reencrypt(item) else { continue }
                count += 1
                if count.isMultiple(of: slice) { try await pause() }
            }
        }
        return count
    }

    private func reencrypt(_ item: Stored) async throws -> Bool {
        let object = try opened(item).object
        do {
            _ = try await commit(Change(key: item.key, expectation: .revision(item.revision), write: .put(object)))
            return true
        } catch StoreError.conflict, StoreError.notFound {
            // Somebody has written it in the meantime, with the primary key, or deleted it.
            return false
        }
    }

    private func opened(_ stored: Stored) throws -> Stored {
        types.contains(stored.key.type) ? try envelope.open(stored) : stored
    }
}
