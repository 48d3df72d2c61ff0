// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import RESTClient
import Reconciling
import Resources
import SiteKinds

/// Makes a site known and writes down what it offers; changes nothing there.
struct SiteReconciler: Reconciler {
    /// A site is never changed by its own kind.
    enum Change: Hashable, Sendable {}

    let cloud: SiteCloud

    var type: ResourceType { .site }

    func references(of object: Object) -> [Reference] {
        CredentialSecret(object.spec?["credentialsRef"]).map { [$0.reference("spec.credentialsRef")] } ?? []
    }

    func observe(_ input: PassInput) async throws -> Site.Status {
        let name = input.object.metadata.name
        guard !input.object.isDeleting else {
            cloud.forget(name)
            return remembered(input) ?? Site.Status()
        }
        try cloud.register(name, try access(input))
        var status = try await cloud.learn(name)
        status.keep(from: remembered(input))
        return status
    }

    func stay(_ input: PassInput) async throws { try cloud.register(input.object.metadata.name, try access(input)) }

    func steps(_ input: PassInput, _ observed: Site.Status) -> Steps<Change> {
        Steps(then: input.object.isDeleting ? .gone : .settled)
    }

    func perform(_ step: Step<Change>, _ input: PassInput, _ observed: Site.Status) async throws -> Site.Status {
        switch step.change {}
    }

    func status(_ input: PassInput, _ observed: Site.Status) -> JSONObject {
        (try? JSON(encoding: observed))?.object ?? JSONObject()
    }

    func remembered(_ input: PassInput) -> Site.Status? { try? input.object.status?.decode(Site.Status.self) }

    private func access(_ input: PassInput) throws -> SiteAccess {
        guard let spec = try input.object.spec?.decode(Site.Spec.self),
            let secret = CredentialSecret(input.object.spec?["credentialsRef"])
        else { throw InvalidCredential("spec.credentialsRef is required") }
        let file = input.references["spec.credentialsRef"]
        let cloud = completed(try secret.read(file), spec)
        let observer = try spec.observerCloud.map {
            completed(try CredentialSecret(name: secret.name, cloud: $0).read(file), spec)
        }
        return SiteAccess(.observing, cloud: cloud, observer: observer, settle: .seconds(spec.settleSeconds))
    }

    /// The entry of clouds.yaml with what the Site says instead of it.
    private func completed(_ cloud: Cloud, _ spec: Site.Spec) -> Cloud {
        var cloud = cloud
        if let region = spec.region { cloud.region = region }
        for (name, url) in spec.endpoints ?? [:] {
            if let service = Site.services[name] { cloud.endpoints[service] = url }
        }
        if let pem = spec.caCertificate { cloud.trust = Trust(.systemAnd(pem: pem)) }
        return cloud
    }
}

extension Site.Status {
    /// A list that could not be seen, or came back empty, does not wipe what is known.
    fileprivate mutating func keep(from known: Site.Status?) {
        guard let known else { return }
        lastObserved = known.lastObserved
        if flavors?.isEmpty != false { flavors = known.flavors }
        if images?.isEmpty != false { images = known.images }
        if externalNetworks?.isEmpty != false { externalNetworks = known.externalNetworks }
        if availabilityZones?.isEmpty != false { availabilityZones = known.availabilityZones }
        if services?.isEmpty != false { services = known.services }
        if regions?.isEmpty != false { regions = known.regions }
    }
}
