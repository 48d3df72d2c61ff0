// SPDX-License-Identifier: Apache-2.0

/// The rules of the watch cache; `WatchCache` puts the lock around them.
struct WatchCacheState: Sendable {
    /// Why a sleeping watcher is woken, and where it goes on.
    enum Wake: Sendable {
        /// Something under its prefix came after that revision; there was nothing for it before.
        case event(after: Revision)
        /// Somebody wants to know how far it is: so far, without anything new for it.
        case bookmark(Revision)
        /// The cache has lost events and read everything again.
        case reloaded
        case closed
    }

    /// What a watcher finds.
    enum Reading {
        /// Everything for it up to a revision; may be nothing where there is more to look through.
        case events([CacheEvent], through: Revision)
        case nothingNew
        case behind(floor: Revision)
        case closed
    }

    /// How many events one reading looks at, so that nobody holds the lock for long.
    static let readingLimit = 1024

    private(set) var objects = SortedObjects()
    private(set) var ring: EventRing<CacheEvent>
    private(set) var revision = Revision.zero
    private(set) var isClosed = false
    /// How often watches were ended, and the last of these times for each prefix.
    private(set) var endings = 0
    private var endingsByPrefix: [StorePrefix: Int] = [:]
    private var sleepers: [StorePrefix: [ObjectIdentifier: WakeUp<Wake>]] = [:]
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        ring = EventRing(floor: .zero, capacity: capacity)
    }

    /// Begins anew from everything that the store has; returns all sleepers.
    mutating func load(_ snapshot: Snapshot) -> [WakeUp<Wake>] {
        objects = SortedObjects(sorted: snapshot.items.map(CachedObject.init))
        ring = EventRing(floor: snapshot.revision, capacity: capacity)
        revision = snapshot.revision
        return takeAllSleepers()
    }

    /// Applies the next change; returns the sleepers that it is for.
    mutating func apply(_ event: StoreEvent) -> [WakeUp<Wake>] {
        let object = CachedObject(event.stored)
        let previous = event.action == .deleted ? objects.remove(object.key) : objects.put(object)
        ring.append(CacheEvent(action: event.action, stored: object, previous: previous))
        revision = event.revision
        guard !sleepers.isEmpty else { return [] }
        return StorePrefix.containing(object.key).flatMap { sleepers.removeValue(forKey: $0)?.values.map(\.self) ?? [] }
    }

    mutating func close() -> [WakeUp<Wake>] {
        isClosed = true
        return takeAllSleepers()
    }

    mutating func takeAllSleepers() -> [WakeUp<Wake>] {
        defer { sleepers = [:] }
        return sleepers.values.flatMap(\.values)
    }

    /// Ends the watches under a prefix that have begun, each when it has read what there is; returns those that sleep.
    mutating func end(_ prefix: StorePrefix) -> [WakeUp<Wake>] {
        endings += 1
        endingsByPrefix[prefix] = endings
        let ended = sleepers.keys.filter(prefix.contains)
        return ended.flatMap { sleepers.removeValue(forKey: $0)?.values.map(\.self) ?? [] }
    }

    private func isEnded(_ prefix: StorePrefix, begunAt begin: Int) -> Bool {
        endings > begin && endingsByPrefix.contains { $0.value > begin && $0.key.contains(prefix) }
    }

    /// Looks for events under a prefix; where there are none, lays the watcher down to sleep.
    ///
    /// - Parameter begin: the `endings` when the watch began.
    mutating func read(
        _ prefix: StorePrefix, after cursor: Revision, begunAt begin: Int = 0, orSleep alarm: WakeUp<Wake>
    ) -> Reading {
        guard !isClosed else { return .closed }
        guard ring.covers(cursor) else { return .behind(floor: ring.floor) }
        var found: [CacheEvent] = []
        var (seen, looked) = (cursor, 0)
        ring.scan(after: cursor) { event in
            seen = event.revision
            looked += 1
            if prefix.contains(event.stored.key) { found.append(event) }
            return looked == Self.readingLimit
        }
        if looked > 0 { return .events(found, through: seen) }
        if isEnded(prefix, begunAt: begin) { return .closed }
        sleepers[prefix, default: [:]][ObjectIdentifier(alarm)] = alarm
        return .nothingNew
    }

    func hasSleepers(of prefix: StorePrefix) -> Bool { sleepers[prefix] != nil }

    mutating func forget(_ alarm: WakeUp<Wake>, of prefix: StorePrefix) {
        sleepers[prefix]?[ObjectIdentifier(alarm)] = nil
        if sleepers[prefix]?.isEmpty == true { sleepers[prefix] = nil }
    }

    /// All objects as they were at a revision, as far as they are under a prefix.
    ///
    /// Undoes the ring's events since then, newest first. Throws `StoreError.expired` when the ring begins later.
    func objects(at past: Revision, under prefix: StorePrefix) throws(StoreError) -> SortedObjects {
        guard past != revision else { return objects }
        guard ring.covers(past), past < revision else { throw .expired(oldest: ring.floor) }
        var result = objects
        for event in ring.events(after: past).reversed() where prefix.contains(event.stored.key) {
            if let previous = event.previous { result.put(previous) } else { result.remove(event.stored.key) }
        }
        return result
    }
}
