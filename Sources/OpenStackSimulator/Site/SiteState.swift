// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

/// Everything that a simulated site knows; changed only by requests and by the time that passes between them.
struct SiteState: Sendable {
    let settings: SiteSettings
    var identity: IdentityState
    var network = NetworkState()
    var compute = ComputeState()
    var volumes = Table<JSON>()
    var storage = VolumeState()
    /// Requests without an answer whose effect is still to come.
    var late: [(due: Date, call: Call, route: Route)] = []
    /// Grows with each request that may have changed something.
    var changes = 0
    var serial: UInt64 = 0

    init(settings: SiteSettings) {
        self.settings = settings
        identity = IdentityState()
        seedIdentity()
        seedNetwork(at: settings.now())
    }

    /// An id as Nova, Neutron and Cinder have them.
    mutating func uuid() -> String { UUID().uuidString.lowercased() }

    /// An id as Keystone has them.
    mutating func hex() -> String { uuid().replacing("-", with: "") }

    /// A number that was not given before.
    mutating func next() -> UInt64 {
        serial += 1
        return serial
    }

    /// Lets happen what is due.
    mutating func advance(to now: Date) {
        let due = late.filter { $0.due <= now }
        late.removeAll { $0.due <= now }
        for effect in due {
            var call = effect.call
            call.now = now
            _ = try? effect.route.run(&self, call)
        }
        settleServers(at: now)
        settleVolumes(at: now)
    }
}
