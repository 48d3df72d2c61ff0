// SPDX-License-Identifier: Apache-2.0

import Clients
import Logging
import Observing
import ServiceLifecycle
import Stores

/// After a new encryption key was put in front: writes what older keys hold anew, beside everything else, and says when the
/// older keys may go.
///
/// It may end at any instant; the next start goes on with what is left.
struct KeyRotation: Service {
    let store: EncryptedStore
    let ring: KeyRing
    /// History begins after this revision.
    let oldest: @Sendable () -> Revision
    let time: Timekeeper
    let logger: Logger

    /// So many Secrets are written before others have a turn.
    private static let slice = 64

    func run() async throws {
        await cancelWhenGracefulShutdown { await rotate() }
        // A service that ends takes the others with it.
        try? await gracefulShutdown()
    }

    private func rotate() async {
        // Cancellation and a store that cannot be written both wait for the next start.
        guard !ring.olderIDs.isEmpty, let end = try? await rewrite() else { return }
        while oldest() < end {
            guard (try? await time.sleep(for: .seconds(30))) != nil else { return }
        }
        logger.notice("older encryption keys are needed no more: take their lines out of the key file", metadata: keys)
    }

    private var keys: Logger.Metadata { [LogKey.keys: .array(ring.olderIDs.map(Logger.MetadataValue.string))] }

    /// Returns the revision up to which history may be under an older key.
    private func rewrite() async throws -> Revision {
        do {
            let count = try await store.reencrypt(slice: Self.slice) { try await time.sleep(for: .milliseconds(20)) }
            var metadata = keys
            metadata[LogKey.count] = "\(count)"
            logger.notice(
                "all secrets are under the newest key; older ones are needed until the history of before is forgotten",
                metadata: metadata)
            return try await store.currentRevision()
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error(
                "secrets cannot be encrypted anew; older keys are still needed",
                metadata: [LogKey.error: "\(error)"])
            throw error
        }
    }
}
