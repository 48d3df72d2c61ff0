// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import FoundationEssentials
package import JSONTree
package import OpenStack
package import OpenStackSimulator
package import Reconciling
package import ReconcilingTesting
package import Resources
import RESTClient
import Schemas
import SiteKinds
import Synchronization
import TestTime

/// A simulated site, reached over real HTTP by the kind's own `.live` calls, with an API server in memory; the clock that
/// both go by stands still until a scenario steps it.
package final class SiteWorld<R: Reconciler>: Sendable {
    package static var name: String { "stuttgart" }

    package let kind: SiteKind<R>
    package let site: SimulatedSite
    package let clouds: CloudDirectory
    package let bench: Bench<R>
    private let baseline = Mutex<Set<SiteThing>>([])

    private init(_ kind: SiteKind<R>, _ site: SimulatedSite, _ clock: TestClock) async throws {
        self.kind = kind
        self.site = site
        clouds = CloudDirectory(clock: clock) { _, trust in try HTTPTransport(.init(trust: trust)) }
        let server = MemoryObjectClient(time: Timekeeper(clock))
        bench = Bench(kind.reconciler(clouds, server), clock: clock, server: server)
        let entry = kind.access == .project ? "demo" : "domain-manager"
        let cloud = try Cloud(cloudsFile: try await site.cloudsFile, name: "\(Self.name)-\(entry)")
        let project = ProjectName(organization: kind.key.organization, project: "demo")
        let level: SiteAccess.Level = kind.access == .project ? .project(project) : .domain
        try clouds.register(site: Self.name, SiteAccess(level, cloud: cloud))
    }

    /// Runs a scenario at a site of its own, which must have recordings for all that was asked.
    package static func run(_ kind: SiteKind<R>, _ body: (SiteWorld<R>) async throws -> Void) async throws {
        let clock = TestClock()
        var settings = SiteSettings()
        settings.region = name
        settings.now = { Date(timeIntervalSince1970: Double(Timekeeper(clock).wall())) }
        let site = SimulatedSite(settings)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await site.run() }
            let world = try await SiteWorld(kind, site, clock)
            try await body(world)
            try world.require(site.unrecorded.isEmpty, "never recorded: \(site.unrecorded)")
            group.cancelAll()
        }
    }

    package func require(_ holds: Bool, _ otherwise: @autoclosure () -> String) throws {
        if !holds { throw ScenarioFailed(otherwise()) }
    }
}

// MARK: - The site

extension SiteWorld {
    /// The services as somebody beside us would use them, in the same project.
    package var project: CloudProject {
        get throws {
            try clouds.project(site: Self.name, organization: kind.key.organization, project: "demo")
        }
    }

    /// What was made since the scenario was prepared.
    package var made: [SiteThing] {
        let known = Set(baseline.withLock { $0 }.map { "\($0.kind) \($0.id)" })
        return site.inventory.filter { !known.contains("\($0.kind) \($0.id)") }
    }

    /// How much of each kind was made.
    package var counts: [String: Int] { Dictionary(grouping: made, by: \.kind).mapValues(\.count) }

    /// The calls that changed something, or tried to.
    package var writes: [SiteCall] { site.calls.filter(\.isWrite) }

    /// Puts there what the kind's specs refer to; what is there now was not made by the scenario.
    package func prepare() async throws {
        try await kind.prepare(self)
        rebase()
    }

    /// Counts all that is there now as not made by the scenario.
    package func rebase() {
        baseline.withLock { $0 = Set(site.inventory) }
        site.forgetCalls()
    }

    /// The Site with what it offers, and the Project that is there, as objects.
    package func putPlace() async throws {
        let project = try project
        let outside = try await project.neutron.networks(["router:external": "true"])
        let flavors = try await project.nova.flavors()
        let images = try await project.glance.images()
        let offers: JSON = [
            "externalNetworks": .array(outside.map { ["name": .string($0.name), "id": .string($0.id)] }),
            "flavors": .array(
                flavors.map { flavor in
                    [
                        "name": .string(flavor.name), "id": .string(flavor.id), "vcpus": .integer(Int64(flavor.vcpus)),
                        "ramMiB": .integer(Int64(flavor.ram)), "diskGiB": .integer(Int64(flavor.disk)),
                    ]
                }),
            "images": .array(images.map { ["name": .string($0.name ?? ""), "id": .string($0.id)] }),
        ]
        try await put(.site, ObjectKey(organization: "", name: Self.name), status: offers)
        let sites: JSON = [["name": .string(Self.name), "id": .string(try await project.id), "ready": true]]
        try await put(.project, ObjectKey(organization: "acme", name: "demo"), status: ["sites": sites])
    }

    /// Puts there another kind's object that is ready.
    @discardableResult
    package func put(
        _ type: ResourceType, _ key: ObjectKey, spec: JSON = [:], status: JSON = [:]
    ) async throws -> Object {
        var object = Object(type.kind, key: key, spec: spec)
        var status = status
        status["conditions"] = [
            ["type": "Ready", "status": "True", "reason": "Settled", "lastTransitionTime": "2027-01-01T00:00:00Z"]
        ]
        object.status = status
        return try await bench.put(object, type)
    }

    /// The same in the namespace of the scenario's object.
    @discardableResult
    package func put(_ type: ResourceType, _ name: String, spec: JSON = [:], status: JSON = [:]) async throws -> Object
    {
        let key = ObjectKey(organization: kind.key.organization, namespace: kind.key.namespace, name: name)
        return try await put(type, key, spec: spec, status: status)
    }
}

// MARK: - The object

extension SiteWorld {
    /// Puts the object there, with an annotation when it is to take a thing over.
    package func put(_ spec: JSON, importing id: String? = nil, named name: String? = nil) async throws {
        var key = kind.key
        if let name { key = ObjectKey(organization: key.organization, namespace: key.namespace, name: name) }
        var object = Object(kind.kind.type.kind, key: key, spec: spec)
        if kind.isMadeOnDemand { object.metadata.annotations[SiteNeed.prefix + Self.name] = "needed" }
        if let id {
            let annotation = kind.isMadeOnDemand ? SiteNeed.importPrefix + Self.name : PassInput.importAnnotation
            object.metadata.annotations[annotation] = id
        }
        try await bench.put(object)
    }

    /// Prepares the site, puts the object there and lets it come to rest.
    @discardableResult
    package func start(_ spec: JSON) async throws -> [PassReport] {
        try await prepare()
        try await put(spec)
        return try await bench.rest(kind.key)
    }

    package func object(named name: String? = nil) async throws -> Object {
        var key = kind.key
        if let name { key = ObjectKey(organization: key.organization, namespace: key.namespace, name: name) }
        guard let object = try await bench.object(key) else { throw ScenarioFailed("there is no \(key.name)") }
        return object
    }

    /// The native id in the object's status.
    package func id(of object: Object) -> String? {
        kind.isMadeOnDemand ? SiteNeed.id(of: object, at: Self.name) : object.status?["id"]?.string
    }

    package func edit(_ spec: JSON) async throws {
        _ = try await bench.server.patch(bench.reconciler.type, kind.key, .merge(["spec": spec]), WriteOptions())
    }

    package func requireReady() async throws {
        let object = try await object()
        let ready = object.condition("Ready")
        try require(object.isReady, "it is not ready: \(ready.map { "\($0.reason) \($0.message)" } ?? "no condition")")
        try require(object.status?["intent"] == nil, "an intent is still open")
    }
}
