// SPDX-License-Identifier: Apache-2.0

import Resources
import StoreContract
import Testing

@testable import Stores

@Suite("SortedObjects")
struct SortedObjectsTests {
    @Test("agrees with a sorted dictionary after any operations", arguments: [UInt64.random(in: 0 ... .max), 1])
    func agrees(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var sorted = SortedObjects()
        var model: [StoreKey: CachedObject] = [:]
        for step in 0..<6000 {
            let organization = ["a", "a-b", "b"][Int.random(in: 0..<3, using: &random)]
            let key = Sample.key("\(Int.random(in: 0..<1500, using: &random))", organization: organization)
            if Int.random(in: 0..<4, using: &random) == 0 {
                #expect(sorted.remove(key) === model.removeValue(forKey: key), "seed \(seed), step \(step)")
            } else {
                let object = object(key, step)
                #expect(sorted.put(object) === model.updateValue(object, forKey: key), "seed \(seed), step \(step)")
            }
            if step % 500 == 0 { expectSamePages(sorted, model, seed: seed, &random) }
        }
        let rebuilt = SortedObjects(sorted: model.values.sorted { $0.key < $1.key })
        expectSamePages(rebuilt, model, seed: seed, &random)
        #expect(sorted.count == model.count)
        #expect(model.allSatisfy { sorted[$0.key] === $0.value })
    }

    @Test("a copy stays as it was")
    func isAValue() {
        var sorted = SortedObjects()
        for number in 0..<2000 { sorted.put(object(Sample.key("\(number)"), number)) }
        let copy = sorted
        for number in 0..<1000 { sorted.remove(Sample.key("\(number)")) }
        #expect(sorted.count == 1000)
        #expect(copy.page(.all, after: nil, limit: nil).items.count == 2000)
    }

    private func object(_ key: StoreKey, _ revision: Int) -> CachedObject {
        CachedObject(Stored(key: key, object: Sample.object(key.object.name), revision: Revision(Int64(revision))))
    }

    private func expectSamePages(
        _ sorted: SortedObjects, _ model: [StoreKey: CachedObject], seed: UInt64, _ random: inout SplitMix
    ) {
        for prefix in [StorePrefix.all] + ["a", "b", "c"].map({ StorePrefix(Sample.type, Scope(.one($0))) }) {
            let expected = model.values.filter { prefix.contains($0.key) }.sorted { $0.key < $1.key }
            let start = expected.randomElement(using: &random)?.key
            let limit = Int.random(in: 0..<700, using: &random)
            let after = expected.filter { object in start.map { object.key > $0 } ?? true }
            let page = sorted.page(prefix, after: start, limit: limit)
            #expect(page.items.map(\.revision) == after.prefix(limit).map(\.revision), "seed \(seed)")
            #expect(page.remaining == after.count - page.items.count, "seed \(seed)")
            #expect(sorted.page(prefix, after: nil, limit: nil).items.count == expected.count, "seed \(seed)")
        }
    }
}
