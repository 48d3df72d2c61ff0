// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// The objects that are written and read: a VirtualMachine of 25 leaf members beside its name, about 2 KB.
///
/// It has what costs a server work: a schema with defaults and limits, rules of the kind, admission against what its site
/// offers, and a status subresource. Nobody is behind the site: its offer is written by the bench.
struct Subject: Sendable {
    static let organization = "bench"
    private static let site = "apis/management.scs.community/v1alpha1/sites"

    let namespace: String

    private static let root = "organizations/\(organization)"
    var collection: String {
        "\(Self.root)/apis/compute.scs.community/v1alpha1/namespaces/\(namespace)/virtualmachines"
    }

    /// Makes the organization, and a site that says what it offers and is never asked for it.
    static func prepare(_ api: API) async throws {
        _ = try await api.expect(
            .post, "apis/management.scs.community/v1alpha1/organizations",
            body: """
                {"apiVersion":"management.scs.community/v1alpha1","kind":"Organization",\
                "metadata":{"name":"\(organization)"},"spec":{"displayName":"Bench","sites":[]}}
                """)
        _ = try await api.expect(
            .post, site,
            body: """
                {"apiVersion":"management.scs.community/v1alpha1","kind":"Site","metadata":{"name":"stuttgart"},\
                "spec":{"credentialsRef":{"name":"stuttgart","cloud":"stuttgart"}}}
                """)
        _ = try await api.expect(
            .patch, "\(site)/stuttgart/status", type: "application/merge-patch+json",
            body: #"{"status":\#(offer)}"#)
    }

    func prepare(_ api: API) async throws {
        _ = try await api.expect(
            .post, "\(Self.root)/api/v1/namespaces",
            body: #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\#(namespace)"}}"#)
    }

    func path(_ index: Int) -> String { "\(collection)/server-\(index)" }

    func body(_ index: Int, version: String? = nil, status: String? = nil) -> String {
        let version = version.map { #","resourceVersion":"\#($0)""# } ?? ""
        let status = status.map { #","status":\#($0)"# } ?? ""
        return """
            {"apiVersion":"compute.scs.community/v1alpha1","kind":"VirtualMachine","metadata":{\
            "name":"server-\(index)","namespace":"\(namespace)","labels":{"app":"shop","tier":"web"},\
            "annotations":{"example.org/owner":"the people who run the shop"}\(version)},\
            "spec":\(Self.spec)\(status)}
            """
    }

    /// A status in which `turn` makes two members differ from the last one.
    func status(_ turn: Int) -> String {
        """
        {"id":"0b1f8f0e-6f0a-4c1e-9f57-5f2d3b9c7a11","site":"stuttgart","state":"ACTIVE","powerState":"Running",\
        "addresses":[{"network":"front","address":"10.0.\(turn / 250 % 250).\(turn % 250 + 1)","type":"fixed",\
        "mac":"fa:16:3e:5c:00:01"}],"conditions":[{"type":"Ready","status":"True","reason":"Settled",\
        "message":"turn \(turn)","observedGeneration":1,"lastTransitionTime":"2026-01-01T00:00:00Z"}]}
        """
    }

    /// A change of metadata, which the kind lets everybody make; `word` ends in front of a full stop.
    static func change(_ word: String) -> String {
        #"{"metadata":{"annotations":{"example.org/turn":"write-\#(word)."}}}"#
    }
}

// MARK: - The parts

extension Subject {
    private static let spec = """
        {"site":"stuttgart","flavor":"SCS-4V-16-50","image":"Ubuntu 24.04","rootDisk":{"sizeGiB":80,"type":"ssd"},\
        "networks":[{"network":"front","address":"10.0.0.17"},{"network":"back"}],\
        "securityGroups":["web","monitoring"],"sshKeys":["anna","ben"],"userData":"\(userData)",\
        "floatingIP":{"externalNetwork":"public"},"powerState":"Running",\
        "metadata":{"cost-centre":"4711","stage":"production","team":"shop","backup":"daily"},\
        "openstack":{"availabilityZone":"nova","configDrive":true}}
        """

    private static let userData =
        #"#cloud-config\npackages:\n  - nginx\nwrite_files:\n  - path: /etc/motd\n    content: |\n"#
        + String(repeating: #"      This server belongs to the shop; ask its people first.\n"#, count: 16)

    /// The flavors that SCS demands of every site, and as many images as such a site has.
    private static let offer = """
        {"flavors":[\(flavors)],"images":[\(images)],"externalNetworks":[{"id":"e1","name":"public"}],\
        "conditions":[{"type":"Ready","status":"True","reason":"Settled","message":"","observedGeneration":1,\
        "lastTransitionTime":"2026-01-01T00:00:00Z"}]}
        """

    private static let flavors = [
        (1, 4), (2, 8), (4, 16), (8, 32), (16, 64), (1, 2), (2, 4), (4, 8), (8, 16), (16, 32), (1, 8), (2, 16),
    ].flatMap { cores, memory in
        [0, 50].map { disk in
            """
            {"name":"SCS-\(cores)V-\(memory)\(disk > 0 ? "-\(disk)" : "")","id":"\(cores)-\(memory)-\(disk)",\
            "vcpus":\(cores),"ramMiB":\(memory * 1024),"diskGiB":\(disk)}
            """
        }
    }.joined(separator: ",")

    private static let images = [
        "AlmaLinux 9", "Debian 12", "Debian 13", "Fedora 42", "Flatcar", "openSUSE Leap 15.6", "Rocky 9",
        "Ubuntu 22.04", "Ubuntu 24.04",
    ].enumerated().map { number, name in
        #"{"name":"\#(name)","id":"image-\#(number)","status":"active","minDiskGiB":8,"minRAMMiB":512}"#
    }.joined(separator: ",")
}
