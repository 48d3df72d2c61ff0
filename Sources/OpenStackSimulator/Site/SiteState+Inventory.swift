// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension SiteState {
    /// Everything but what the site had from its first day, and what comes by itself: ports of routers and default groups.
    var inventory: [SiteThing] {
        networkThings + computeThings + identityThings
            + volumes.all.map { SiteThing("volume", $0, project: Self.volumeOwner) }
            + storage.snapshots.all.map { SiteThing("snapshot", $0, project: Self.snapshotOwner) }
    }

    private var networkThings: [SiteThing] {
        NetworkNoun.all.flatMap { noun in
            network[keyPath: noun.table].all.compactMap { object in
                let owner = object.text("project_id")
                let isSeed = owner.isEmpty || owner == identity.projects.ids.dropFirst().first
                let isDefault = noun.name == "security_group" && object.text("name") == "default"
                let group = network.groups[object.text("security_group_id")]
                let isDefaultRule =
                    noun.name == "security_group_rule"
                    && (group?.text("name") == "default" || object["standard_attr_id"] != nil)
                guard !isSeed, !isDefault, !isDefaultRule else { return nil }
                return SiteThing(noun.name, object, project: "project_id")
            }
        }
    }

    private var computeThings: [SiteThing] {
        compute.servers.all.filter { !$0.isDeleted }.map { SiteThing("server", $0.json, project: "tenant_id") }
            + compute.keypairs.values.joined().map { SiteThing("keypair", $0, project: "", id: "name") }
    }

    private var identityThings: [SiteThing] {
        identity.projects.all.dropFirst(2).map { SiteThing("project", $0, project: "domain_id") }
            + identity.users.all.dropFirst(3).map { SiteThing("user", $0.json, project: "domain_id") }
            + identity.applicationCredentials.all.map {
                SiteThing("application_credential", $0.json, project: "project_id")
            }
    }
}

extension SiteThing {
    fileprivate init(_ kind: String, _ json: JSON, project: String, id: String = "id") {
        let metadata = json["metadata"]?.object?.members.map(\.value) ?? []
        let words = [json["description"] ?? .null] + (json["tags"]?.array ?? []) + metadata
        self.init(
            kind: kind, id: json.text(id), project: json.text(project), name: json.text("name"),
            marks: words.compactMap(\.string).filter { !$0.isEmpty })
    }
}
