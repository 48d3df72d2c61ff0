// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

/// Makes another kind of object, which is served as if it had always been there.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/
enum CustomResourceDefinition {
    static let type = ResourceType(
        group: "apiextensions.k8s.io", version: "v1", kind: "CustomResourceDefinition",
        plural: "customresourcedefinitions", isNamespaced: false)

    /// - Parameter now: seconds since 1970, for the condition that a deletion sets.
    static func kind(now: @escaping @Sendable () -> Int64) -> Kind {
        Kind(
            group: type.kind.group,
            names: Kind.Names(
                kind: type.kind.kind, plural: type.plural, shortNames: ["crd", "crds"], categories: ["api-extensions"]),
            isNamespaced: false, tenancy: .layered,
            versions: [
                KindVersion(
                    name: "v1", schema: schema,
                    columns: [Column("Created At", path: ".metadata.creationTimestamp")], showsAge: false)
            ], issues: issues, completion: withConversion, admission: { try admit($0, now: now) },
            countsGeneration: true)
    }

    /// Holds a definition until its objects are gone.
    static let finalizer = "customresourcecleanup.apiextensions.k8s.io"

    /// What conditions are about, and their reasons, as upstream spells them.
    enum ConditionType {
        static let namesAccepted = "NamesAccepted"
        static let established = "Established"
        static let terminating = "Terminating"
    }

    enum Reason {
        static let noConflicts = "NoConflicts"
        static let namesAccepted = "InitialNamesAccepted"
        static let notAccepted = "NotAccepted"
        static let deletionPending = "InstanceDeletionPending"
        static let deletionInProgress = "InstanceDeletionInProgress"
    }

    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        let isEstablished = old?.condition(ConditionType.established)?.status == .yes
        return Definition(completed(new).tree).issues(
            replacing: old.map { Definition($0.tree) }, isEstablished: isEstablished) + ownGroupIssues(new)
    }

    /// The groups of the kinds that this program has or may have one day are not for others.
    private static func ownGroupIssues(_ object: Object) -> [FieldIssue] {
        let group = Definition(object.tree).group
        let isTaken = upstreamGroups.contains(group) || BuiltInDefinitions.isOurs(group)
        guard isTaken, !object.isBuiltInDefinition else { return [] }
        let message = "this group belongs to the control plane itself; use one of a domain of yours"
        return [FieldIssue(path: "spec.group", reason: .forbidden, message: message)]
    }

    private static let upstreamGroups: Set<String> = [
        "apiextensions.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "coordination.k8s.io", "events.k8s.io",
        "meta.k8s.io", "rbac.authorization.k8s.io", "apidiscovery.k8s.io", "admissionregistration.k8s.io",
        "apiregistration.k8s.io", "certificates.k8s.io",
    ]

    // MARK: Admission

    static func admit(_ request: AdmissionRequest, now: () -> Int64) throws -> Object {
        try checkOwner(request)
        guard request.operation != .delete else {
            return request.isDryRun ? request.object : leaving(request.object, now: now())
        }
        return completed(request.object)
    }

    /// What tells of our own kinds changes with a new release only.
    private static func checkOwner(_ request: AdmissionRequest) throws(APIError) {
        let isBuiltIn = request.object.isBuiltInDefinition || request.old?.isBuiltInDefinition == true
        guard isBuiltIn, request.user != DefinitionController.identity else { return }
        throw .forbidden(
            type.groupResource, name: request.object.metadata.name,
            because: "this kind is part of the control plane itself and changes with a new release of it only")
    }

    /// What upstream fills in, in spec and status.
    static func completed(_ object: Object) -> Object {
        var object = object
        object.spec = completed(object.spec ?? .null)
        if object.status == nil { object.status = ["conditions": .null, "acceptedNames": ["plural": "", "kind": ""]] }
        var status = object.status ?? .null
        status["storedVersions"] = storedVersions(of: object)
        object.status = status
        return object
    }

    /// A definition that says how its versions become each other; this counts as the client's, as upstream's defaults do.
    @Sendable private static func withConversion(_ tree: JSON) -> JSON {
        guard let spec = tree["spec"], spec.object != nil, spec["conversion"]?["strategy"] == nil else { return tree }
        var definition = tree
        definition["spec"] = spec.merging(["conversion": ["strategy": "None"]])
        return definition
    }

    /// The singular, the kind of lists.
    private static func completed(_ spec: JSON) -> JSON {
        var spec = spec
        let kind = spec["names"]?["kind"]?.string ?? ""
        if var names = spec["names"], !kind.isEmpty {
            if names["singular"]?.string?.isEmpty ?? true { names["singular"] = .string(kind.lowercased()) }
            if names["listKind"]?.string?.isEmpty ?? true { names["listKind"] = .string("\(kind)List") }
            spec["names"] = names
        }
        if spec["conversion"]?["strategy"] == nil { spec["conversion"] = ["strategy": "None"] }
        if spec["preserveUnknownFields"]?.bool == false { spec["preserveUnknownFields"] = nil }
        return spec
    }

    /// Every version that objects may still be stored in: the present one joins those that were before.
    private static func storedVersions(of object: Object) -> JSON {
        var versions = object.status?["storedVersions"]?.array?.compactMap(\.string) ?? []
        if let stored = Definition(object.tree).storageVersion, versions.isEmpty || !versions.contains(stored) {
            versions.append(stored)
        }
        return .array(versions.map(JSON.string))
    }

    /// A definition whose deletion was asked for stays until its objects are gone.
    private static func leaving(_ object: Object, now: Int64) -> Object {
        guard !object.isDeleting else { return object }
        var object = object
        if !object.metadata.finalizers.contains(finalizer) { object.metadata.finalizers.append(finalizer) }
        object.setCondition(
            Condition(
                type: ConditionType.terminating, status: .yes, reason: Reason.deletionPending,
                message: "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
                lastTransitionTime: Timestamp(seconds: now).text))
        return object
    }
}
