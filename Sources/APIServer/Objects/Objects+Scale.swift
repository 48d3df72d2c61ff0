// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Stores

/// The door `/scale`: how many replicas an object wants and has, in one shape for every kind that counts them.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/scale-v1/
extension Objects {
    /// An object's numbers as a `Scale`; throws `notFound`.
    func scale(_ target: Target, by user: UserInfo) async throws -> JSON {
        try await permit("get", target, to: user)
        return try target.scale(of: target.served.tree(await present(target)))
    }

    /// Makes an object want another number; returns its `Scale`.
    ///
    /// - Parameter change: makes the wanted `Scale` of the present one; it may run again when somebody else is faster.
    func rescale(
        _ target: Target, verb: String, _ settings: WriteSettings, by user: UserInfo,
        _ change: (JSON) throws -> JSON
    ) async throws -> JSON {
        try await permit(verb, target, to: user)
        let main = target.mainDoor
        return try await retried(target) {
            let old = try await changeable(target)
            let current = try target.served.tree(old)
            let scale = target.scale(of: current)
            let wanted = try await reviewed(
                change(scale), old: scale, Target.scaleKind, target, isDryRun: settings.isDryRun, by: user)
            let new = try target.scaled(current, to: wanted)
            let replacement = Replacement(main, old, current: current, new: new)
            let books = replacement.books(ownership(target, settings))
            return try target.scale(
                of: main.served.tree(
                    await replace(replacement, settings, managed: books, isReviewed: true, by: user)))
        }
    }
}

extension Target {
    static let scaleDoor = "scale"
    fileprivate static let scaleKind = GroupVersionKind(group: "autoscaling", version: "v1", kind: "Scale")

    /// The same object through no door of its own.
    fileprivate var mainDoor: Target { Target(served, in: organizations, namespace: namespace, name: name) }

    fileprivate func scale(of object: JSON) -> JSON {
        let paths = served.version.scale
        var metadata: JSON = [:]
        for key in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
            metadata[key] = object["metadata"]?[key]
        }
        var status: JSON = ["replicas": paths?.statusReplicas.first(in: object) ?? 0]
        if let selector = paths?.selector?.first(in: object) { status["selector"] = selector }
        return [
            "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": metadata,
            "spec": ["replicas": paths?.specReplicas.first(in: object) ?? 0], "status": status,
        ]
    }

    /// The object as a `Scale` wants it; throws `APIError` for a body that is none, or one of another object.
    fileprivate func scaled(_ object: JSON, to scale: JSON) throws(APIError) -> JSON {
        guard scale["kind"]?.string == "Scale", scale["apiVersion"]?.string == "autoscaling/v1" else {
            throw unrecognized("it must be a Scale of autoscaling/v1")
        }
        let (name, wanted) = (name ?? "", scale["metadata"]?["name"]?.string ?? "")
        guard wanted == name else {
            throw .badRequest(
                "the name of the object (\(wanted.shortened)) does not match the name on the URL (\(name.shortened))")
        }
        let keys = (served.version.scale?.specReplicas.elements ?? []).compactMap { element in
            if case .member(let key) = element { key } else { nil }
        }
        var result = object.setting(scale["spec"]?["replicas"] ?? 0, at: keys[...])
        if let version = scale["metadata"]?["resourceVersion"], version != "" {
            result = result.setting(version, at: ["metadata", "resourceVersion"])
        }
        return result
    }
}

extension JSON {
    /// The tree with a value below some members, which are made where they are missing.
    fileprivate func setting(_ value: JSON, at keys: ArraySlice<String>) -> JSON {
        guard let key = keys.first else { return value }
        var tree = self
        tree[key] = (self[key] ?? [:]).setting(value, at: keys.dropFirst())
        return tree
    }
}
