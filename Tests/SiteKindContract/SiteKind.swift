// SPDX-License-Identifier: Apache-2.0

package import Clients
package import JSONTree
package import OpenStack
package import Reconciling
package import Resources
package import Schemas
import SiteKinds

/// What differs from kind to kind in the scenarios that all kinds at a site share; `SiteScenario` does the rest.
package struct SiteKind<R: Reconciler>: Sendable {
    package typealias World = SiteWorld<R>

    /// What the site must be for the kind: a bound project, or a domain in which projects are made.
    package enum Access: Sendable { case project, domain }

    package var kind: Kind
    package var reconciler: @Sendable (CloudDirectory, any ObjectClient) -> R
    /// The thing at the site that the object stands for, as inventories call it: `security_group`.
    package var thing: String
    package var access = Access.project
    package var key = ObjectKey(organization: "acme", namespace: "demo", name: "web")
    /// The least spec, and one with all that can be wished.
    package var plain: JSON
    package var everything: JSON
    /// Puts there what the specs refer to, at the site and as objects.
    package var prepare: @Sendable (World) async throws -> Void = { try await $0.putPlace() }
    /// Looks whether the site has all of `everything`.
    package var hasEverything: @Sendable (World) async throws -> Bool
    /// A merge patch of `everything`, and whether the site has it.
    package var update: JSON
    package var isUpdated: @Sendable (World) async throws -> Bool
    /// Merge patches of `plain` that are refused, by the fields that the refusals name.
    package var refusals: [String: JSON]
    /// Specs that the site cannot have, by the reasons that the condition names.
    package var rejections: [String: JSON] = [:]
    /// Makes at the site what `plain` says, as somebody else would; its id.
    package var foreign: @Sendable (World) async throws -> String
    /// A spec that a foreign thing does not fit; absent when everything fits.
    package var otherThanForeign: JSON?
    /// Takes the thing away at the site.
    package var remove: @Sendable (World, _ id: String) async throws -> Void
    /// Whether a thing that somebody took away is made again; else the reason that is shown.
    package var reasonWhenGone: String?
    /// Changes at the site what `everything` says, and the field that the report must name; absent for what cannot change.
    package var drift: (field: String, change: @Sendable (World, _ id: String) async throws -> Void)?
    /// Steps of a creation that write objects and make no call at the site.
    package var objectSteps = 0
    /// Whether one object is at several sites, each by the wish of somebody there.
    package var isMadeOnDemand = false

    package init(
        _ kind: Kind, thing: String, plain: JSON, everything: JSON, update: JSON, refusals: [String: JSON],
        reconciler: @escaping @Sendable (CloudDirectory, any ObjectClient) -> R,
        hasEverything: @escaping @Sendable (World) async throws -> Bool,
        isUpdated: @escaping @Sendable (World) async throws -> Bool,
        foreign: @escaping @Sendable (World) async throws -> String,
        remove: @escaping @Sendable (World, _ id: String) async throws -> Void
    ) {
        self.kind = kind
        self.thing = thing
        self.plain = plain
        self.everything = everything
        self.update = update
        self.refusals = refusals
        self.reconciler = reconciler
        self.hasEverything = hasEverything
        self.isUpdated = isUpdated
        self.foreign = foreign
        self.remove = remove
    }
}

extension SiteKind {
    /// The same with other values for some members.
    package func with(_ change: (inout SiteKind) -> Void) -> SiteKind {
        var copy = self
        change(&copy)
        return copy
    }
}
