// SPDX-License-Identifier: Apache-2.0

import Clients
import Foundation
import JSONTree
import Logging
import Login
import OpenStackSimulator
import Resources
import ServiceLifecycle

/// What happens once the server listens: the administrator's kubeconfig, the objects to begin with, a word to the user.
struct Start: Service {
    let plane: ControlPlane
    let beginning: Server.Beginning
    private let sites: [DemoSite]
    private let keeper: SiteKeeper
    private let logger: Logger

    init(plane: ControlPlane, beginning: Server.Beginning, logger: Logger) {
        self.plane = plane
        self.beginning = beginning
        self.logger = logger
        sites = beginning == .demo ? DemoSite.all : []
        keeper = SiteKeeper(sites: sites, folder: plane.folder, time: .system, logger: logger)
    }

    /// The simulated sites, which run beside the server, as an earlier process left them.
    func services() -> [any Service] {
        keeper.restore()
        return sites.isEmpty ? [] : [keeper] + sites.map(\.simulator)
    }

    func run() async throws {
        let port = try await plane.started()
        let setup = Setup(client: plane.engine.client(Self.identity))
        try await setup.namespace(KeyMaterial.namespace, in: "")
        try await begin(setup)
        let period = try admin(port)
        say(port)
        try await CertificateRenewal(
            name: "the administrator's certificate", period: period, time: .system, logger: logger
        ) { try admin(port) }.run()
    }

    private static let identity = UserInfo(name: "system:scs:setup", groups: ["system:masters"])

    private func begin(_ setup: Setup) async throws {
        switch beginning {
        case .empty: return
        case .demo:
            for site in sites {
                try await setup.site(
                    site.name, displayName: site.displayName, access: "project",
                    cloudsYAML: try await site.cloudsYAML(), cloud: site.cloud)
            }
            try await setup.organization(sites: sites.map { Self.access(to: $0.name) })
        case .siteCloud(let cloud):
            let name = Self.siteName(cloud)
            try await setup.site(
                name, displayName: cloud, access: "project", cloudsYAML: try CloudsFileSearch.current.text(),
                cloud: cloud)
            try await setup.organization(sites: [Self.access(to: name)])
        }
    }

    private static func access(to site: String) -> JSON {
        ["name": .string(site), "access": "project", "project": .string(Setup.project)]
    }

    private func admin(_ port: Int) throws -> CertificatePeriod {
        let access = AdminAccess(folder: plane.folder, authority: plane.keys.authority, server: server(port))
        let isEmpty = beginning == .empty
        return try access.write(
            organizations: isEmpty ? [] : [Setup.organization], current: isEmpty ? nil : Setup.organization,
            namespace: isEmpty ? nil : Setup.project, now: Timekeeper.system.wall())
    }

    private func server(_ port: Int) -> String {
        let host = plane.settings.names.first ?? (plane.settings.host == "0.0.0.0" ? "127.0.0.1" : plane.settings.host)
        return "https://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private func say(_ port: Int) {
        print("\nSCS Central answers at \(server(port)). Next:\n")
        print("    export KUBECONFIG=\(plane.folder.adminKubeconfig)")
        for command in commandsToTry { print("    \(command)") }
        print("")
        fflush(nil)
    }

    /// What a newcomer does next; the example names a simulated site, so another one is put in its place.
    private var commandsToTry: [String] {
        let apply =
            switch beginning {
            case .empty: nil as String?
            case .demo: "kubectl apply -f examples/first-vm.yaml"
            case .siteCloud(let cloud):
                "sed 's/stuttgart/\(Self.siteName(cloud))/' examples/first-vm.yaml | kubectl apply -f -"
            }
        guard let apply else { return ["kubectl api-resources", "kubectl get namespaces", "scs version"] }
        return [
            apply, "kubectl wait --for=condition=Ready virtualmachine/web -n demo --timeout=60s",
            "kubectl get virtualmachines -A",
        ]
    }

    /// A site's name is a DNS label: letters and digits, others become hyphens.
    static func siteName(_ cloud: String) -> String {
        let label = cloud.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let trimmed = String(label).trimmingCharacters(in: CharacterSet(charactersIn: "-"))
        return trimmed.isEmpty ? "site" : String(trimmed.prefix(40))
    }
}
