// SPDX-License-Identifier: Apache-2.0

import OpenStackSimulator

/// A simulated site of the demo.
struct DemoSite: Sendable {
    let name: String
    let displayName: String
    let simulator: SimulatedSite

    static var all: [DemoSite] {
        [DemoSite(name: "stuttgart", displayName: "Stuttgart"), DemoSite(name: "oldenburg", displayName: "Oldenburg")]
    }

    private init(name: String, displayName: String) {
        var settings = SiteSettings()
        settings.region = name
        settings.buildTime = .seconds(2)
        self.name = name
        self.displayName = displayName
        simulator = SimulatedSite(settings)
    }

    /// The entry of `cloudsYAML` that reaches the demo's project.
    var cloud: String { "\(name)-demo" }

    func cloudsYAML() async throws -> String { try await simulator.cloudsFile }
}
