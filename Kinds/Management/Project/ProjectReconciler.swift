// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// Keeps a project's namespace, and at each site that needs it its Keystone project.
struct ProjectReconciler: Reconciler {
    enum Change: Hashable, Sendable {
        case createNamespace
        case deleteNamespace
        case create(site: String)
        case describe(site: String)
        case grant(site: String, role: Keystone.Role)
        case delete(site: String)
    }

    /// What was found.
    struct World: Hashable, Sendable {
        enum Namespace: Hashable, Sendable { case absent, present, terminating }

        var namespace: Namespace
        var sites: [Seen]
    }

    /// What was found at one site.
    struct Seen: Hashable, Sendable {
        var name: String
        /// Keystone's id of the project.
        var id: String?
        /// At level `project` nothing is made or deleted.
        var isBound = false
        var user: String?
        var description: String?
        /// It was somebody else's before: carries no mark, and keeps its name and, unless the spec has one, description.
        var isImported = false
        var missingRoles: [Keystone.Role] = []
        /// It was there and one look did not find it.
        var isMissing = false
        /// What still stands in it while it is being deleted.
        var leftovers: [String] = []
        var failure: Failure?
    }

    /// Why the project cannot be at a site, now or at all.
    struct Failure: Hashable, Sendable {
        var reason: String?
        var message: String
        /// A time will come when it works without an edit.
        var isTransient: Bool
        /// Whether it was ready before, so that it may still be.
        var wasReady = false
        var retryAfter: Duration?
    }

    let cloud: ProjectCloud
    let client: any ObjectClient

    var type: ResourceType { .project }
    var reportsDrift: Bool { true }

    func references(of object: Object) -> [Reference] {
        [
            Reference(
                field: "organization", type: .organization,
                key: ObjectKey(organization: "", name: object.organization), need: .present)
        ]
    }

    func steps(_ input: PassInput, _ observed: World) -> Steps<Change> {
        guard !input.object.isDeleting else { return deletion(observed) }
        var steps: [Step<Change>] = []
        if observed.namespace == .absent {
            steps.append(Step(.create, .createNamespace, "create namespace \"\(input.object.metadata.name)\""))
        }
        steps += observed.sites.flatMap { self.steps(at: $0, input) }
        guard steps.isEmpty else { return Steps(steps) }
        if observed.namespace == .terminating {
            return Steps(then: .polling(after: .seconds(2), because: "its namespace is being deleted"))
        }
        let failure = observed.sites.lazy.compactMap(\.failure).first { $0.isTransient && !$0.wasReady }
        guard let failure else { return Steps() }
        return Steps(then: .polling(after: failure.retryAfter ?? .seconds(5), because: failure.message))
    }

    func status(_ input: PassInput, _ observed: World) -> JSONObject {
        let entries = observed.sites.map { seen in
            Project.Status.Entry(
                name: seen.name, id: seen.id,
                ready: seen.id != nil && seen.missingRoles.isEmpty
                    && seen.failure.map { $0.isTransient && $0.wasReady } ?? true,
                reason: seen.failure?.reason, message: seen.failure?.message)
        }
        return (try? JSON(encoding: Project.Status(sites: entries)))?.object ?? JSONObject()
    }

    private func steps(at seen: Seen, _ input: PassInput) -> [Step<Change>] {
        guard seen.failure == nil, !seen.isBound else { return [] }
        let grants = seen.missingRoles.map {
            Step<Change>(
                .change, .grant(site: seen.name, role: $0), "grant role \"\($0.name)\" at site \"\(seen.name)\"")
        }
        guard seen.id != nil else {
            let name = Self.keystoneName(input.object)
            return [Step(.create, .create(site: seen.name), #"create project "\#(name)" at site "\#(seen.name)""#)]
                + grants
        }
        guard let wanted = Self.description(input, isImported: seen.isImported), seen.description != wanted else {
            return grants
        }
        let difference = Difference("spec.description", wanted: wanted, found: seen.description ?? "none")
        let describe = Step<Change>(
            .change, .describe(site: seen.name), "describe the project at site \"\(seen.name)\"",
            differences: [difference])
        return grants + [describe]
    }

    /// The namespace first, with all that is in it; what is left at the sites then holds the rest back.
    private func deletion(_ observed: World) -> Steps<Change> {
        switch observed.namespace {
        case .present:
            return Steps([Step(.delete, .deleteNamespace, "delete the namespace and all that is in it")])
        case .terminating:
            return Steps(then: .polling(after: .seconds(2), because: "its namespace is being deleted"))
        case .absent: break
        }
        let own = observed.sites.filter { !$0.isBound }
        if let failure = own.lazy.compactMap(\.failure).first {
            return Steps(then: .polling(after: failure.retryAfter ?? .seconds(10), because: failure.message))
        }
        let steps = own.filter { $0.id != nil && $0.leftovers.isEmpty }.map {
            Step<Change>(.delete, .delete(site: $0.name), "delete the project at site \"\($0.name)\"")
        }
        guard steps.isEmpty else { return Steps(steps) }
        guard let full = own.first(where: { !$0.leftovers.isEmpty }) else { return Steps(then: .gone) }
        let named = full.leftovers.prefix(20).joined(separator: ", ")
        return Steps(
            then: .rejected(
                Rejection(
                    reason: "NotEmpty",
                    message: "the project at site \"\(full.name)\" still holds \(named); delete them there first",
                    fixer: .you)))
    }
}

extension ProjectReconciler {
    /// Keystone takes 64 letters; the end makes it unique.
    static func keystoneName(_ object: Object) -> String {
        let names = "\(object.organization)-\(object.metadata.name)".prefix(55)
        return "\(names)-\((object.metadata.uid ?? "").prefix(8))"
    }

    static func description(_ input: PassInput) -> String {
        [input.mark, input.object.spec?["description"]?.string].compactMap { $0 }.joined(separator: " ")
    }

    /// The same for a project that was taken over, which carries no mark; absent when the spec does not say.
    static func description(_ input: PassInput, isImported: Bool) -> String? {
        isImported ? input.object.spec?["description"]?.string : description(input)
    }
}
