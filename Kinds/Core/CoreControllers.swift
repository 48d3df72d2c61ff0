// SPDX-License-Identifier: Apache-2.0

package import Clients
import JSONTree
import Reconciling
package import Resources
package import Schemas
package import ServiceLifecycle

/// The controllers that every organization needs, whatever kinds it uses.
package struct CoreControllers: Sendable {
    /// What they need of the house.
    package struct Environment: Sendable {
        /// A client that acts as this user, so that the audit record tells controllers apart.
        package var client: @Sendable (UserInfo) -> any ObjectClient
        package var informers: Informers
        /// All kinds that are kept in the store and belong to organizations.
        package var types: [ResourceType]
        /// Where the kinds that definitions make are put.
        package var book: KindBook
        /// Hears that an organization, or for an empty name the root, serves a kind no more, so that its watches end.
        package var withdrawn: @Sendable (GroupResource, _ organization: String) -> Void
        /// The kind, at the root, whose objects are the organizations.
        package var organizationType: ResourceType
        /// By what to trust this server, as PEM; nothing is published when empty.
        package var rootCertificates: String
        package var time: Timekeeper
        /// Hears of each error by the controller's name; the work is then retried.
        package var report: @Sendable (String, any Error) -> Void

        package init(
            client: @escaping @Sendable (UserInfo) -> any ObjectClient, informers: Informers, types: [ResourceType],
            book: KindBook = KindBook([]),
            withdrawn: @escaping @Sendable (GroupResource, _ organization: String) -> Void = { _, _ in },
            organizationType: ResourceType, rootCertificates: String = "", time: Timekeeper = .system,
            report: @escaping @Sendable (String, any Error) -> Void
        ) {
            self.client = client
            self.informers = informers
            self.types = types
            self.book = book
            self.withdrawn = withdrawn
            self.organizationType = organizationType
            self.rootCertificates = rootCertificates
            self.time = time
            self.report = report
        }
    }

    private let environment: Environment

    package init(_ environment: Environment) { self.environment = environment }

    /// All of them, wired to the informers; run each once.
    package func services() -> [any Service] {
        [
            namespaces(), serviceAccounts(), definitions(), builtInDefinitions(), garbageCollector(), seeds(),
            aggregation(), events(),
        ] + (environment.rootCertificates.isEmpty ? [] : [rootCertificates()])
    }

    private func loop<Key>(
        _ user: UserInfo, waitingFor informers: [Informer], workers: Int = 4, pass: @escaping KeyLoop<Key>.Pass
    ) -> KeyLoop<Key> {
        let report = environment.report
        return KeyLoop(
            waitingFor: informers, workers: workers, time: environment.time, report: { report(user.name, $0) },
            pass: pass)
    }

    private func namespaces() -> any Service {
        let informer = environment.informers.informer(for: Namespace.type)
        let (types, book) = (environment.types, environment.book)
        let controller = NamespaceController(client: environment.client(NamespaceController.identity)) {
            types + book.current.definedTypes(in: $0)
        }
        let loop = loop(NamespaceController.identity, waitingFor: [informer], pass: controller.pass)
        informer.handle { change in
            if change.object.isDeleting { loop.add(change.object.key) }
        }
        return loop
    }

    private func serviceAccounts() -> any Service {
        let namespaces = environment.informers.informer(for: Namespace.type)
        let accounts = environment.informers.informer(for: ServiceAccount.type)
        let identity = DefaultServiceAccountController.identity
        let controller = DefaultServiceAccountController(
            client: environment.client(identity), namespaces: namespaces.lister, accounts: accounts.lister)
        let loop = loop(identity, waitingFor: [namespaces, accounts], pass: controller.pass)
        namespaces.handle { loop.add($0.object.key) }
        accounts.handle { change in
            guard case .deleted(let account) = change else { return }
            if let namespace = DefaultServiceAccountController.namespace(of: account) { loop.add(namespace) }
        }
        return loop
    }

    private func rootCertificates() -> any Service {
        let namespaces = environment.informers.informer(for: Namespace.type)
        let maps = environment.informers.informer(for: ConfigMap.type)
        let identity = RootCertificateController.identity
        let controller = RootCertificateController(
            client: environment.client(identity), namespaces: namespaces.lister, maps: maps.lister,
            certificates: environment.rootCertificates)
        let loop = loop(identity, waitingFor: [namespaces, maps], pass: controller.pass)
        namespaces.handle { loop.add($0.object.key) }
        maps.handle { change in
            if let namespace = RootCertificateController.namespace(of: change.object) { loop.add(namespace) }
        }
        return loop
    }

    func definitions() -> any Service {
        let informer = environment.informers.informer(for: CustomResourceDefinition.type)
        let identity = DefinitionController.identity
        let controller = DefinitionController(
            client: environment.client(identity), book: environment.book, withdrawn: environment.withdrawn,
            now: environment.time.wall)
        // One at a time: two that want the same name must not both find it free.
        let loop = loop(identity, waitingFor: [informer], workers: 1, pass: controller.pass)
        let lister = informer.lister
        informer.handle { change in
            loop.add(change.object.key)
            guard case .deleted(let object) = change else { return }
            let group = Definition(object.tree).group
            for other in lister.list() where Definition(other.tree).group == group { loop.add(other.key) }
        }
        return loop
    }

    private func builtInDefinitions() -> any Service {
        let identity = DefinitionController.identity
        let definitions = BuiltInDefinitions(client: environment.client(identity), book: environment.book)
        let loop = loop(identity, waitingFor: [], pass: definitions.pass)
        loop.add("")
        return loop
    }

    private func garbageCollector() -> any Service {
        let informers = environment.types.map { ($0, environment.informers.informer(for: $0)) }
        let listers = Dictionary(informers.map { ($0.0, $0.1.lister) }, uniquingKeysWith: { first, _ in first })
        let identity = GarbageCollector.identity
        let collector = GarbageCollector(client: environment.client(identity), listers: listers)
        let loop = loop(identity, waitingFor: informers.map(\.1), pass: collector.pass)
        for (type, informer) in informers {
            informer.handle { change in
                for key in collector.concerned(by: change, type) { loop.add(key) }
            }
        }
        return loop
    }

    func seeds() -> any Service {
        let informer = environment.informers.informer(for: environment.organizationType)
        let identity = OrganizationSeeder.identity
        let kinds = environment.book.current.kinds(in: "").filter { $0.origin == .builtIn }
        let seeder = OrganizationSeeder(client: environment.client(identity), kinds: kinds.map(\.groupResource))
        let loop = loop(identity, waitingFor: [], pass: seeder.pass)
        loop.add("")
        informer.handle { change in
            if case .added(let organization) = change { loop.add(organization.metadata.name) }
        }
        return loop
    }

    private func aggregation() -> any Service {
        let informer = environment.informers.informer(for: ClusterRole.type)
        let identity = RoleAggregator.identity
        let aggregator = RoleAggregator(client: environment.client(identity), roles: informer.lister)
        let loop = loop(identity, waitingFor: [informer], pass: aggregator.pass)
        informer.handle { loop.add($0.object.organization) }
        return loop
    }

    private func events() -> any Service {
        let identity = EventExpiry.identity
        let report = environment.report
        return EventExpiry(
            client: environment.client(identity), time: environment.time, report: { report(identity.name, $0) })
    }
}
