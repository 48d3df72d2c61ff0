// SPDX-License-Identifier: Apache-2.0

import OpenStackSimulator
package import Reconciling

/// The scenarios of docs/architecture.md, by the names that they have there; each kind at a site runs all of them.
package enum SiteScenario: String, CaseIterable, Sendable, CustomStringConvertible {
    case creates
    case createsWithEverything = "creates with everything"
    case waits = "waits for what it refers to"
    case adopts = "adopts after a lost answer"
    case late = "a late success makes no double"
    case imports
    case updates = "updates what can change"
    case rejects = "rejects what cannot"
    case outsideDeletion = "notices outside deletion"
    case drift = "reports drift"
    case deletes
    case deletesGone = "deletes when already gone"
    case survives = "survives 409, 429, 5xx-after-success and quota"
    case plan = "plan equals calls"
    case settles = "settles and then does nothing"

    package var description: String { rawValue }

    /// Runs it for a kind; throws `ScenarioFailed` with what went otherwise.
    package func run<R: Reconciler>(_ kind: SiteKind<R>) async throws {
        switch self {
        case .creates: try await SiteWorld.run(kind) { try await $0.creates() }
        case .createsWithEverything: try await SiteWorld.run(kind) { try await $0.createsWithEverything() }
        case .waits: try await SiteWorld.run(kind) { try await $0.waits() }
        case .adopts: try await SiteWorld.withFaults(kind, .lostAnswer, on: \.creates) { _ in }
        case .late: try await SiteWorld.withFaults(kind, .lateSuccess(after: .seconds(20)), on: \.creates) { _ in }
        case .imports: try await SiteWorld.imports(kind)
        case .updates: try await SiteWorld.run(kind) { try await $0.updates() }
        case .rejects: try await SiteWorld.rejects(kind)
        case .outsideDeletion: try await SiteWorld.run(kind) { try await $0.noticesOutsideDeletion() }
        case .drift: try await SiteWorld.run(kind) { try await $0.reportsDrift() }
        case .deletes: try await SiteWorld.run(kind) { try await $0.deletes() }
        case .deletesGone: try await SiteWorld.run(kind) { try await $0.deletesWhenGone() }
        case .survives: try await SiteWorld.survives(kind)
        case .plan: try await SiteWorld.run(kind) { try await $0.planEqualsCalls() }
        case .settles: try await SiteWorld.run(kind) { try await $0.settles() }
        }
    }
}
