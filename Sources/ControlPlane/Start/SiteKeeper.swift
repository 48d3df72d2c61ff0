// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Logging
import Observing
import OpenStackSimulator
import ServiceLifecycle

/// Keeps what simulated sites know in the data folder, so that a demo's machines are still there after a restart.
///
/// A change is on the disk within a second, or at the end; a file that cannot be read is told and begun anew.
struct SiteKeeper: Service {
    let sites: [DemoSite]
    let folder: DataFolder
    let time: Timekeeper
    let logger: Logger

    /// Puts back what an earlier process kept; call before the sites are asked anything.
    func restore() {
        for site in sites {
            do {
                guard let text = try folder.text(file(site)) else { continue }
                try site.simulator.remember(try JSON(parsing: Array(text.utf8), limits: .stored))
            } catch {
                logger.warning(
                    "what a simulated site held cannot be read; it begins empty",
                    metadata: [LogKey.siteName: "\(site.name)", LogKey.error: "\(error)"])
            }
        }
    }

    func run() async throws {
        let kept = await cancelWhenGracefulShutdown { () -> [String: Int] in
            var kept: [String: Int] = [:]
            while (try? await time.sleep(for: .seconds(1))) != nil { keep(&kept) }
            return kept
        }
        var last = kept
        keep(&last)
    }

    private func keep(_ kept: inout [String: Int]) {
        for site in sites {
            do {
                guard let (memory, changes) = try site.simulator.memory(since: kept[site.name]) else { continue }
                try folder.write(memory.text, to: file(site))
                kept[site.name] = changes
            } catch {
                logger.error(
                    "what a simulated site holds cannot be kept",
                    metadata: [LogKey.siteName: "\(site.name)", LogKey.error: "\(error)"])
            }
        }
    }

    private func file(_ site: DemoSite) -> String { folder.simulatedSite(site.name) }
}
