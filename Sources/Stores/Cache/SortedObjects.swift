// SPDX-License-Identifier: Apache-2.0

/// Objects in the order of their keys, in chunks of a few hundred.
///
/// It is a value: a copy is one reference, and a later change copies one chunk and the array of chunks, so a reader can
/// walk its copy for as long as it likes while writers go on. A change costs two binary searches and one chunk.
struct SortedObjects: Sendable {
    /// A chunk that grows past this is halved.
    static let chunkLimit = 512

    /// A place between objects: `offset` is at most the chunk's count, and the end is `(chunks.count, 0)`.
    private struct Position {
        var chunk: Int
        var offset: Int
    }

    /// No chunk is empty.
    private var chunks: [[CachedObject]] = []

    init() {}

    /// Takes objects that are in order already, as a store lists them.
    init(sorted objects: [CachedObject]) {
        let size = Self.chunkLimit / 2
        chunks = stride(from: 0, to: objects.count, by: size).map { start in
            Array(objects[start..<min(start + size, objects.count)])
        }
    }

    var count: Int { chunks.reduce(0) { $0 + $1.count } }

    subscript(key: StoreKey) -> CachedObject? { object(at: lowerBound(of: key.text), key: key) }

    /// Puts an object at its key and returns what was there.
    @discardableResult
    mutating func put(_ object: CachedObject) -> CachedObject? {
        guard !chunks.isEmpty else {
            chunks = [[object]]
            return nil
        }
        var position = lowerBound(of: object.key.text)
        if let old = self.object(at: position, key: object.key) {
            chunks[position.chunk][position.offset] = object
            return old
        }
        if position.chunk == chunks.count {
            position = Position(chunk: chunks.count - 1, offset: chunks[chunks.count - 1].count)
        }
        chunks[position.chunk].insert(object, at: position.offset)
        halve(position.chunk)
        return nil
    }

    /// Removes and returns what is at a key.
    @discardableResult
    mutating func remove(_ key: StoreKey) -> CachedObject? {
        let position = lowerBound(of: key.text)
        guard let old = object(at: position, key: key) else { return nil }
        chunks[position.chunk].remove(at: position.offset)
        if chunks[position.chunk].isEmpty { chunks.remove(at: position.chunk) }
        return old
    }

    /// The objects under a prefix and after a key, as many as `limit`, and how many more there are.
    func page(_ prefix: StorePrefix, after key: StoreKey?, limit: Int?) -> (items: [CachedObject], remaining: Int) {
        var position = lowerBound(of: prefix.text)
        if let key, key.text >= prefix.text { position = place { $0.key.text <= key.text } }
        let end = place { $0.key.text < prefix.text || prefix.contains($0.key) }
        let total = max(0, rank(end) - rank(position))
        let wanted = min(limit ?? total, total)
        var items: [CachedObject] = []
        items.reserveCapacity(wanted)
        while items.count < wanted {
            let chunk = chunks[position.chunk]
            items += chunk[position.offset..<min(chunk.count, position.offset + wanted - items.count)]
            position = Position(chunk: position.chunk + 1, offset: 0)
        }
        return (items, total - wanted)
    }
}

extension SortedObjects {
    private mutating func halve(_ index: Int) {
        let chunk = chunks[index]
        guard chunk.count > Self.chunkLimit else { return }
        let middle = chunk.count / 2
        chunks[index] = Array(chunk[..<middle])
        chunks.insert(Array(chunk[middle...]), at: index + 1)
    }

    private func object(at position: Position, key: StoreKey) -> CachedObject? {
        guard position.chunk < chunks.count else { return nil }
        let object = chunks[position.chunk][position.offset]
        return object.key == key ? object : nil
    }

    private func lowerBound(of text: String) -> Position { place { $0.key.text < text } }

    /// The place behind all objects that are before it; the claim holds for some first ones and then for none.
    private func place(isBefore: (CachedObject) -> Bool) -> Position {
        let chunk = Self.firstIndex(in: 0..<chunks.count) { !isBefore(chunks[$0][chunks[$0].count - 1]) }
        guard chunk < chunks.count else { return Position(chunk: chunk, offset: 0) }
        let objects = chunks[chunk]
        return Position(chunk: chunk, offset: Self.firstIndex(in: 0..<objects.count) { !isBefore(objects[$0]) })
    }

    private func rank(_ position: Position) -> Int {
        chunks[..<position.chunk].reduce(0) { $0 + $1.count } + position.offset
    }

    private static func firstIndex(in range: Range<Int>, where isFound: (Int) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isFound(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
