// SPDX-License-Identifier: Apache-2.0

import OpenStack
import SiteKinds

/// What the Site kind needs of the world.
struct SiteCloud: Sendable {
    /// Makes the site known to all other kinds.
    var register: @Sendable (_ site: String, _ access: SiteAccess) throws -> Void
    /// Asks the site what it offers; a list that this credential may not see is absent.
    var learn: @Sendable (_ site: String) async throws -> Site.Status
    var forget: @Sendable (_ site: String) -> Void

    static func live(_ clouds: CloudDirectory) -> SiteCloud {
        SiteCloud(
            register: { try clouds.register(site: $0, $1) },
            learn: { site in
                let session = try clouds.session(site: site)
                return try await SiteLearning(session: session, observer: clouds.observer(site: site)).status()
            },
            forget: { clouds.remove(site: $0) })
    }
}
