// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Login
import Resources
import Schemas

/// A space for names inside an organization; deleting it deletes what is in it.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/namespace-v1/
enum Namespace {
    static let type = ResourceType(
        group: "", version: "v1", kind: "Namespace", plural: "namespaces", isNamespaced: false)

    static let kind = Kind(
        group: "", names: Kind.Names(kind: "Namespace", plural: "namespaces", shortNames: ["ns"]), isNamespaced: false,
        nameRule: .label,
        versions: [
            KindVersion(
                name: "v1", schema: schema, columns: [Column("Status", path: ".status.phase")])
        ],
        selectableFields: ["status.phase": ".status.phase"], completion: labelled,
        admission: admit, isDeletedOneByOne: true)

    /// Keeps a namespace until the controller has emptied it; upstream spells it the same, in `spec.finalizers`.
    static let finalizer = "kubernetes"
    static let nameLabel = "kubernetes.io/metadata.name"

    /// Where a namespace is in its life.
    enum Phase: String {
        case active = "Active"
        case terminating = "Terminating"
    }

    /// The namespace with the label that repeats its name, by which selectors find it.
    @Sendable static func labelled(_ tree: JSON) -> JSON {
        var namespace = Object(tree)
        guard !namespace.metadata.name.isEmpty else { return tree }
        namespace.metadata.labels[nameLabel] = namespace.metadata.name
        return namespace.tree
    }

    /// Gives a namespace its label, its phase and the finalizer, which nobody takes away before the controller does.
    static func admit(_ request: AdmissionRequest) throws -> Object {
        var namespace = request.object
        guard request.operation != .delete else {
            try checkDeletion(request)
            namespace.status = (namespace.status ?? [:]).merging(["phase": .string(Phase.terminating.rawValue)])
            return namespace
        }
        namespace.metadata.labels[nameLabel] = namespace.metadata.name
        if namespace.spec?["finalizers"] == nil {
            namespace.tree["spec"] = request.old?.spec ?? ["finalizers": [.string(finalizer)]]
        }
        if request.operation == .create { namespace.status = ["phase": .string(Phase.active.rawValue)] }
        let isHeld = request.old.map { $0.metadata.finalizers.contains(finalizer) } ?? true
        let isController = request.user == NamespaceController.identity
        if isHeld, !isController, !namespace.metadata.finalizers.contains(finalizer) {
            namespace.metadata.finalizers.append(finalizer)
        }
        return namespace
    }

    /// `default` stays as long as its organization, as people and tools count on it; our own controllers may take it.
    private static func checkDeletion(_ request: AdmissionRequest) throws {
        let name = request.object.metadata.name
        guard name == "default", !request.user.isController else { return }
        throw APIError.forbidden(type.groupResource, name: name, because: "this namespace may not be deleted")
    }
}
