// SPDX-License-Identifier: Apache-2.0

import OpenStack
import SiteKinds

/// The calls that a key needs at a site.
struct SSHKeyCloud: Sendable {
    var keypair: @Sendable (ProjectAtSite, _ name: String) async throws -> Nova.Keypair
    var createKeypair: @Sendable (ProjectAtSite, _ name: String, _ publicKey: String) async throws -> Nova.Keypair
    var deleteKeypair: @Sendable (ProjectAtSite, _ name: String) async throws -> Void
}

extension SSHKeyCloud {
    /// The calls as the real services answer them.
    static func live(_ clouds: CloudDirectory) -> SSHKeyCloud {
        SSHKeyCloud(
            keypair: { try await clouds.project($0).nova.keypair($1) },
            createKeypair: { try await clouds.project($0).nova.createKeypair(name: $1, publicKey: $2) },
            deleteKeypair: { try await clouds.project($0).nova.deleteKeypair($1) })
    }
}
