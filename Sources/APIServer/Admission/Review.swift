// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

/// A write that webhooks are asked about, as the client sees it: in the version of its request.
struct Review: Sendable {
    enum Operation: String, Sendable {
        case create = "CREATE"
        case update = "UPDATE"
        case delete = "DELETE"
    }

    var operation: Operation
    var target: Target
    /// What shall be; null on deletion.
    var object: JSON
    /// What is; null on creation.
    var old: JSON
    var user: UserInfo
    var isDryRun: Bool
    /// The request's options as an object.
    var options: JSON
    /// What the object is where a door has a kind of its own, as `/scale` has.
    var doorKind: GroupVersionKind?

    var kind: Kind { target.kind }
    var organization: String { if case .one(let name) = target.organizations { name } else { "" } }
    var name: String {
        target.name ?? (object.isNull ? old : object)["metadata"]?["name"]?.string ?? ""
    }
}

extension Review {
    /// What one webhook is asked: the review in the version that its rule names.
    struct Call: Sendable {
        var review: Review
        let webhook: PlacedWebhook
        let served: ServedResource

        /// Whether the webhook does not see all of the object, so that it cannot know what it would change.
        var isVeiled: Bool { isForeign && !served.kind.secretFields.isEmpty && review.doorKind == nil }
        private var isForeign: Bool { webhook.organization != review.organization }

        var object: JSON { shown(review.object) }
        var old: JSON { shown(review.old) }

        /// An object in the called version; the values of secrets stay in their organization.
        private func shown(_ tree: JSON) -> JSON {
            guard !tree.isNull, review.doorKind == nil else { return tree }
            let mine = review.target.served
            let converted = served.version.name == mine.version.name ? tree : served.fromStorage(mine.toStorage(tree))
            return isVeiled ? served.kind.audited(converted, isWhole: true) ?? .null : converted
        }

        /// The request of the `AdmissionReview`, without its uid.
        ///
        /// https://kubernetes.io/docs/reference/config-api/apiserver-admission.v1/
        func request() -> JSON {
            let target = review.target
            let object = object
            let old = old
            var tree: JSON = [
                "kind": (review.doorKind ?? served.type.kind).tree, "resource": served.resource.tree,
            ]
            if let door = target.subresource { tree["subResource"] = .string(door) }
            tree["requestKind"] = (review.doorKind ?? target.served.type.kind).tree
            tree["requestResource"] = target.served.resource.tree
            if let door = target.subresource { tree["requestSubResource"] = .string(door) }
            if !review.name.isEmpty { tree["name"] = .string(review.name) }
            if let namespace = target.namespace, review.kind.isNamespaced { tree["namespace"] = .string(namespace) }
            tree["operation"] = .string(review.operation.rawValue)
            tree["userInfo"] = review.user.reviewTree
            tree["object"] = object
            tree["oldObject"] = old
            tree["dryRun"] = .bool(review.isDryRun)
            tree["options"] = review.options
            // The provider's webhooks are asked about all organizations; this member says which.
            if isForeign { tree["organization"] = .string(review.organization) }
            return tree
        }
    }
}

extension GroupVersionKind {
    fileprivate var tree: JSON { ["group": .string(group), "version": .string(version), "kind": .string(kind)] }
}

extension GroupVersionResource {
    fileprivate var tree: JSON {
        ["group": .string(group), "version": .string(version), "resource": .string(resource)]
    }
}

extension UserInfo {
    fileprivate var reviewTree: JSON {
        var tree: JSON = ["username": .string(name)]
        if let uid { tree["uid"] = .string(uid) }
        if !groups.isEmpty { tree["groups"] = .array(groups.map(JSON.string)) }
        if !extra.isEmpty {
            tree["extra"] = .object(
                JSONObject(extra.sorted { $0.key < $1.key }.map { ($0.key, .array($0.value.map(JSON.string))) }))
        }
        return tree
    }
}
