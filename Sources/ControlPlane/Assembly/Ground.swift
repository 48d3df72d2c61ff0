// SPDX-License-Identifier: Apache-2.0

import Clients
import CoreKinds
import Logging
import Resources
import ServiceLifecycle
import Stores
import StoresSQLite

/// What the house stands on: the store with its keys, and the cache above it.
struct Ground: Sendable {
    let folder: DataFolder
    let store: SQLiteStore
    let cache: WatchCache
    let keys: KeyMaterial
    /// The definitions of kinds, as they were when the store was opened: what they make is served from the first request.
    let definitions: [Stored]
    /// The store's own care: checkpoints, free space, forgetting history, keys.
    let upkeep: [any Service]

    /// Kinds whose objects are encrypted on the disk.
    static let encrypted: Set<GroupResource> = [GroupResource(group: "", resource: "secrets")]

    init(_ folder: DataFolder, _ settings: Settings, time: Timekeeper, logger: Logger) async throws {
        self.folder = folder
        let ring = try Self.keyRing(folder)
        store = try SQLiteStore(path: folder.database, logger: logger)
        let encrypted = EncryptedStore(store, encrypting: Self.encrypted, with: ring)
        keys = try await KeyMaterial(in: encrypted, now: time.wall)
        definitions = try await encrypted.list(
            StorePrefix(CoreKinds.definitionType.groupResource, .everywhere)
        ).items
        upkeep = [
            Upkeep(store: store), HistoryKeeper(store: store, history: settings.history, time: time),
            KeyRotation(
                store: encrypted, ring: ring, oldest: { [store] in store.oldestRevision }, time: time, logger: logger),
            TokenKeyRenewal(keys: keys.tokenKeys, time: time, logger: logger),
        ]
        cache = WatchCache(store: encrypted)
    }

    private static func keyRing(_ folder: DataFolder) throws -> KeyRing {
        if let text = try folder.text(folder.encryptionKey) { return try KeyRing(parsing: text) }
        let key = try KeyRing.Key.generate(id: "key-1")
        let head =
            "# Encrypts the Secrets in the store. Keep it apart from copies of the store; without it they are lost.\n"
        try folder.write(head + key.fileLine, to: folder.encryptionKey)
        return try KeyRing(primary: key)
    }

    private struct Upkeep: Service {
        let store: SQLiteStore
        func run() async throws { try await cancelWhenGracefulShutdown { try await store.run() } }
    }
}
