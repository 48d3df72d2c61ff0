// SPDX-License-Identifier: Apache-2.0

import Resources
package import Stores
import Testing

/// A seeded sequence of operations, run on a store and on `MemoryStore`: every answer must be the same.
package struct RandomHistory {
    private var random: SplitMix
    private var revisions: [StoreKey: Revision] = [:]
    private let keys: [StoreKey]
    private let seed: UInt64

    package init(seed: UInt64) {
        self.seed = seed
        random = SplitMix(seed: seed)
        keys = ["acme", "acme-2", ""].flatMap { organization in
            (0..<4).map { Sample.key("n\($0)", namespace: "web", organization: organization) }
        }
    }

    /// Runs `steps` operations; a difference is recorded with the seed.
    package mutating func run(on store: any Store, steps: Int) async throws {
        let model = MemoryStore()
        for step in 0..<steps {
            let place = "seed \(seed), step \(step)"
            switch Int.random(in: 0..<20, using: &random) {
            case 0: try await compare(place, store, model, compaction())
            case 1: try await compare(place, store, model, listing())
            case 2: try await compare(place, store, model, watching(upTo: model.currentRevision()))
            case 3: try await compare(place, store, model, getting())
            default: try await change(place, store, model)
            }
        }
        try await compare(place: "seed \(seed), end", store, model)
    }

    private typealias Operation = @Sendable (any Store) async throws -> Answer

    private enum Answer: Hashable {
        case done
        case revision(Revision)
        case objects([Stored], Revision)
        case events([StoreEvent])
        case refused(StoreError)
    }

    private func answer(_ store: any Store, _ operation: Operation) async throws -> Answer {
        do { return try await operation(store) } catch let error as StoreError { return .refused(error) }
    }

    private func compare(_ place: String, _ store: any Store, _ model: any Store, _ operation: Operation) async throws {
        let (found, expected) = (try await answer(store, operation), try await answer(model, operation))
        #expect(found == expected, Comment(rawValue: place))
    }

    private func compare(place: String, _ store: any Store, _ model: MemoryStore) async throws {
        try await compare(place, store, model) { store in
            let snapshot = try await store.list(.all)
            return .objects(snapshot.items, snapshot.revision)
        }
    }

    private mutating func change(_ place: String, _ store: any Store, _ model: any Store) async throws {
        let change = randomChange()
        let found = try await answer(store) { .revision(try await $0.commit(change)) }
        let expected = try await answer(model) { .revision(try await $0.commit(change)) }
        #expect(found == expected, Comment(rawValue: place))
        if case .revision(let revision) = expected { revisions[change.key] = revision }
    }

    private mutating func randomChange() -> Change {
        let key = keys[Int.random(in: 0..<keys.count, using: &random)]
        let text = String(repeating: "x", count: Int.random(in: 0..<3000, using: &random))
        // The last revision of a deleted key is a stale one too.
        let known = revisions[key] ?? .zero
        let stale = Revision(Int64.random(in: 0...known.value, using: &random))
        switch Int.random(in: 0..<8, using: &random) {
        case 0...2: return Sample.create(key, text)
        case 3...5: return Sample.update(key, at: known, text)
        case 6: return Sample.delete(key, at: known)
        default: return Sample.update(key, at: stale, text)
        }
    }

    private mutating func compaction() -> Operation {
        let newest = revisions.values.max() ?? .zero
        let revision = Revision(Int64.random(in: 0...newest.value, using: &random))
        return {
            try await $0.compact(through: revision)
            return .done
        }
    }

    private mutating func listing() -> Operation {
        let organization = keys[Int.random(in: 0..<keys.count, using: &random)].object.organization
        let prefix = StorePrefix(Sample.type, .init(.one(organization)))
        return {
            let snapshot = try await $0.list(prefix)
            return .objects(snapshot.items, snapshot.revision)
        }
    }

    private mutating func getting() -> Operation {
        let key = keys[Int.random(in: 0..<keys.count, using: &random)]
        return { .objects([try await $0.get(key)].compactMap(\.self), .zero) }
    }

    private mutating func watching(upTo newest: Revision) -> Operation {
        let start = Revision(Int64.random(in: 0...newest.value, using: &random))
        return { .events(try await $0.events(after: start, through: newest)) }
    }
}

/// A small reproducible generator (Sebastiano Vigna's splitmix64, public domain: https://prng.di.unimi.it/splitmix64.c).
package struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
