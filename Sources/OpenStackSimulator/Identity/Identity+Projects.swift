// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension SiteState {
    @discardableResult
    mutating func addProject(_ wish: JSON, domain: String) -> String {
        let id = hex()
        identity.projects[id] = Fixture.template("identity.project.create", "project").with([
            "id": .string(id), "name": wish["name"] ?? "", "domain_id": .string(domain), "parent_id": .string(domain),
            "description": wish["description"] ?? "", "enabled": wish["enabled"] ?? true, "tags": wish["tags"] ?? [],
            "links": ["self": .string("{base}/identity/v3/projects/\(id)")],
        ])
        return id
    }

    /// Whether the caller manages the domain; an administrator manages all.
    func manages(_ domain: String?, _ call: Call) -> Bool {
        call.isAdmin || (call.token?.domain != nil && call.token?.domain == domain)
    }

    func keystoneList(_ objects: [JSON], _ member: String, _ call: Call) -> Answer {
        let links: JSON = ["next": .null, "self": .string("{base}\(call.path)"), "previous": .null]
        return Answer(200, [member: .array(objects), "links": links])
    }

    /// Only exact values of `name`, `domain_id`, `enabled` and `tags` filter.
    private func filtered(_ objects: [JSON], _ call: Call) -> [JSON] {
        ["name", "domain_id", "enabled", "tags"].reduce(objects) { left, key in
            let values = call.values(key)
            return values.isEmpty ? left : left.filter { $0.passes(key, values) }
        }
    }

    func listProjects(_ call: Call) -> Answer {
        let visible = identity.projects.all.filter { manages($0["domain_id"]?.string, call) }
        return keystoneList(filtered(visible, call), "projects", call)
    }

    func ownProjects(_ call: Call) -> Answer {
        let ids = Set(identity.grants.filter { $0.user == call.token?.user && !$0.isDomain }.map(\.scope))
        return keystoneList(identity.projects.all.filter { ids.contains($0.text("id")) }, "projects", call)
    }

    func showDomain(_ call: Call) throws(Refusal) -> Answer {
        guard let domain = identity.domains[call.id], manages(call.id, call) else {
            throw Refusal("identity.project.absent")
        }
        return Answer(like: "identity.domain.get", "domain", domain)
    }

    mutating func createProject(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["project"] ?? .null
        let domain = wish["domain_id"]?.string ?? call.token?.domain ?? "default"
        guard manages(domain, call) else { throw Refusal("identity.project.forbidden") }
        let name = wish.text("name")
        if let other = identity.projects.all.first(where: { $0.text("name") == name && $0.text("domain_id") == domain })
        {
            throw Refusal("identity.project.conflict", other.text("id"), name: name)
        }
        let id = addProject(wish, domain: domain)
        return Answer(like: "identity.project.create", "project", identity.projects[id] ?? .null)
    }

    /// A domain manager gets 403 for a project that is not there, as for one that is another domain's.
    private func visibleProject(_ call: Call) throws(Refusal) -> JSON {
        guard let project = identity.projects[call.id],
            manages(project["domain_id"]?.string, call) || call.project == call.id
        else { throw Refusal("identity.project.absent") }
        return project
    }

    func showProject(_ call: Call) throws(Refusal) -> Answer {
        Answer(like: "identity.project.get", "project", try visibleProject(call))
    }

    mutating func updateProject(_ call: Call) throws(Refusal) -> Answer {
        var project = try visibleProject(call)
        guard manages(project["domain_id"]?.string, call) else { throw Refusal("identity.project.forbidden") }
        for key in ["name", "description", "enabled", "tags"] {
            if let value = call.body["project"]?[key] { project[key] = value }
        }
        identity.projects[call.id] = project
        return Answer(like: "identity.project.update", "project", project)
    }

    /// What is in it stays behind, out of everybody's reach, as with the real one.
    mutating func deleteProject(_ call: Call) throws(Refusal) -> Answer {
        let project = try visibleProject(call)
        guard manages(project["domain_id"]?.string, call) else { throw Refusal("identity.project.forbidden") }
        identity.projects[call.id] = nil
        identity.grants.removeAll { $0.scope == call.id }
        for credential in identity.applicationCredentials.all where credential.project == call.id {
            identity.applicationCredentials[credential.json.text("id")] = nil
        }
        return Answer(recorded: "identity.project.delete")
    }
}
