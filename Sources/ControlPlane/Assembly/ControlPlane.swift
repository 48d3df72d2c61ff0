// SPDX-License-Identifier: Apache-2.0

import APIServer
import Clients
import Login
package import Logging
package import OpenStack
package import ServiceLifecycle
import Serving
import Stores
import StoresSQLite

/// The whole server, put together from its settings: the store at the bottom, the faces on top.
///
/// `services` run in one `ServiceGroup`, from the ground up; a shutdown goes the other way, so that the last acknowledged
/// write is on the disk before the store closes.
package struct ControlPlane: Sendable {
    package let settings: Settings
    package let folder: DataFolder
    /// Which site is reached how.
    package let clouds: CloudDirectory
    let store: SQLiteStore
    let engine: Engine
    let keys: KeyMaterial
    let listener: Listener
    package let services: [any Service]

    /// Opens the store, makes the keys at the first start, and wires everything; nothing runs yet.
    package init(_ settings: Settings, logger: Logger = Logger(label: "scs")) async throws {
        let time = Timekeeper.system
        let folder = try DataFolder(settings.data)
        let ground = try await Ground(folder, settings, time: time, logger: logger)
        let engine = try Engine(ground, settings: settings, time: time, logger: logger)
        let clouds = CloudDirectory()
        let faces = try Faces(engine, ground, settings: settings, time: time, logger: logger)
        let controllers =
            switch settings.controllers {
            case .all:
                engine.controllers(
                    clouds: clouds, rootCertificates: try ground.keys.authority.certificatePEM, time: time,
                    logger: logger)
            case .none: [any Service]()
            }
        self.settings = settings
        self.folder = folder
        self.clouds = clouds
        self.engine = engine
        store = ground.store
        keys = ground.keys
        listener = faces.listener
        let bookmarks = BookmarkTicker(ground.cache, clock: ContinuousClock())
        services =
            ground.upkeep + [ground.cache, bookmarks, engine.informers] + controllers
            + [faces.renewal, faces.deadlines, faces.listener]
    }

    /// Waits until the server takes requests and knows who may do what; the port that it listens on.
    package func started() async throws -> Int {
        let port = try await listener.boundPort()
        try await engine.cache.waitUntilReady()
        return port
    }

    /// Closes the store; call when all services have ended.
    package func close() async throws { try await store.close() }
}
