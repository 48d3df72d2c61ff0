// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// Where a network, router or floating IP is to lead, found among what its site offers.
enum ExternalNetwork: Hashable {
    case none
    case id(String)
    /// The site cannot tell which; a sentence with what it offers.
    case unclear(String)

    /// Looks up the wish of a spec: `None`, `Automatic` or a name.
    init(_ wish: String, at site: Object?) {
        guard wish != "None" else {
            self = .none
            return
        }
        let offers = site?.status?["externalNetworks"]?.array ?? []
        let fits = wish == "Automatic" ? offers : offers.filter { $0["name"]?.string == wish }
        if fits.count == 1, let id = fits.first?["id"]?.string {
            self = .id(id)
            return
        }
        let names = offers.compactMap { $0["name"]?.string }.sorted().joined(separator: ", ")
        let offered = names.isEmpty ? "it offers none" : "it offers \(names)"
        let place = #"site "\#(site?.metadata.name ?? "")""#
        self = .unclear(
            wish == "Automatic"
                ? "\(place) has not exactly one external network, \(offered); name one, or say None"
                : "external network \"\(wish)\" is not offered at \(place), \(offered)")
    }
}

extension ExternalNetwork {
    /// An admission that refuses an external network that the site does not offer, naming those that it does.
    static func admission(_ type: ResourceType) -> @Sendable (AdmissionRequest) async throws -> Object {
        { request in
            let wish = request.object.spec?["externalNetwork"]
            guard request.operation != .delete, request.subresource == nil,
                wish != request.old?.spec?["externalNetwork"], let name = request.object.spec?["site"]?.string,
                let site = try await request.objects.object(.site, ObjectKey(organization: "", name: name)),
                site.isReady, let wish = wish?.string, case .unclear(let message) = ExternalNetwork(wish, at: site)
            else { return request.object }
            throw APIError.invalid(
                group: type.kind.group, kind: type.kind.kind, name: request.object.metadata.name,
                [FieldIssue(path: "spec.externalNetwork", reason: .notSupported, message: message)])
        }
    }
}
