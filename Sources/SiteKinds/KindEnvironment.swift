// SPDX-License-Identifier: Apache-2.0

package import Clients
package import OpenStack
package import Reconciling
package import Resources

/// What the controllers of a group of kinds get from the house.
package struct KindEnvironment: Sendable {
    /// A client that acts under a controller's own name, so that the audit tells them apart.
    package var client: @Sendable (_ controller: String) -> any ObjectClient
    package var informers: Informers
    /// Which site is reached how.
    package var clouds: CloudDirectory
    package var time: Timekeeper
    package var settings: ControllerSettings

    package init(
        client: @escaping @Sendable (_ controller: String) -> any ObjectClient, informers: Informers,
        clouds: CloudDirectory, time: Timekeeper = .system, settings: ControllerSettings = ControllerSettings()
    ) {
        self.client = client
        self.informers = informers
        self.clouds = clouds
        self.time = time
        self.settings = settings
    }

    /// The controller of one reconciler, whose client acts under the name of its kind.
    package func controller<R: Reconciler>(
        _ type: ResourceType, refersTo: [ResourceType] = [], owns: [ResourceType] = [], guards: [DeletionGuard] = [],
        _ reconciler: (any ObjectClient) -> R
    ) -> Controller<R> {
        var settings = settings
        settings.refersTo = refersTo
        settings.owns = owns
        settings.pass.guards = guards
        let clouds = clouds
        settings.pass.settleOf = { clouds.settle(site: SitedKind.site(of: $0)) }
        let client = client(type.plural)
        return Controller(reconciler(client), client: client, informers: informers, settings: settings, time: time)
    }
}
