// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Merging
import Resources
import Schemas
import Stores

extension Objects {
    /// Lays a configuration over an object, or makes it; throws `conflict` for fields that others manage.
    ///
    /// https://kubernetes.io/docs/reference/using-api/server-side-apply/
    func apply(
        _ target: Target, _ body: JSON, force: Bool, _ settings: WriteSettings, by user: UserInfo
    ) async throws -> Written {
        try await permit("patch", target, to: user)
        guard body.object != nil else { throw APIError(.badRequest, "error decoding patch: it is no object") }
        let configuration = try Intake(target, settings).configuration(body)
        return try await retried(target) {
            guard let old = try await cache.get(target.key(try target.requiredName())) else {
                return try await create(target, configuration, settings, by: user)
            }
            let current = try target.served.tree(old)
            let applied = try applied(configuration, to: current, force: force, target, settings)
            var intake = Intake(target, settings)
            let new = try intake.accept(applied.object)
            let change = Replacement(target, old, current: current, new: new)
            let stored = try await replace(change, settings, managed: applied.managed, by: user)
            return Written(stored, warnings: intake.warnings)
        }
    }

    /// Makes the object that a configuration is about; that somebody else was faster is told as a store does.
    private func create(
        _ target: Target, _ configuration: JSON, _ settings: WriteSettings, by user: UserInfo
    ) async throws -> Written {
        let name = try target.requiredName()
        guard target.subresource == nil else { throw target.notFound(name) }
        try await permit("create", target, to: user)
        try await checkNamespace(target, creating: name)
        try checkAbsence(target, configuration, name)
        let applied = try applied(configuration, to: nil, force: false, target, settings)
        var intake = Intake(target, settings)
        let tree = try intake.accept(applied.object)
        do {
            let stored = try await place(tree, target, settings, managed: applied.managed, by: user)
            return Written(try target.served.converted(stored), isCreated: true, warnings: intake.warnings)
        } catch let error as APIError where error.reason == .alreadyExists {
            throw StoreError.conflict(try target.key(name), present: .zero)
        }
    }

    /// A configuration that names one very object does not make another.
    private func checkAbsence(_ target: Target, _ configuration: JSON, _ name: String) throws(APIError) {
        if let uid = configuration["metadata"]?["uid"]?.string, !uid.isEmpty {
            throw target.preconditionFailed(
                name,
                "uid mismatch: the provided object specified uid \(uid.shortened), and no existing object was found")
        }
        let version = configuration["metadata"]?["resourceVersion"]?.string ?? ""
        guard version.isEmpty else { throw target.conflict(name) }
    }

    private func applied(
        _ configuration: JSON, to live: JSON?, force: Bool, _ target: Target, _ settings: WriteSettings
    ) throws(APIError) -> Applied {
        do {
            return try ownership(target, settings).apply(
                configuration.through(target), to: live, force: force)
        } catch {
            switch error {
            case .conflicts(let conflicts): throw .applyConflict(conflicts)
            case .misfits(let problems): throw target.misfit(configuration, problems)
            }
        }
    }

    /// The books for one write through the target's door, by the writer that the settings name.
    func ownership(_ target: Target, _ settings: WriteSettings) -> Ownership {
        let served = target.served
        let writer = Writer(
            settings.fieldManager ?? "", apiVersion: served.apiVersion, subresource: target.subresource ?? "",
            time: Timestamp(seconds: surroundings.seconds).text)
        return Ownership(
            served.shapes.shape(served.apiVersion) ?? Shape(served.version.schema), served.shapes.versions, writer,
            skeleton: served.shapes.skeleton(served.version))
    }
}

extension JSON {
    /// What of a configuration the target's door lets through.
    fileprivate func through(_ target: Target) -> JSON {
        guard target.served.version.hasStatus, let members = object?.members else { return self }
        let isStatus = target.subresource == "status"
        let passing = members.filter { member in
            switch member.key {
            case "apiVersion", "kind", "metadata": true
            default: (member.key == "status") == isStatus
            }
        }
        return .object(JSONObject(distinct: passing))
    }
}

extension Target {
    /// A configuration that does not fit the schema, with every field that does not.
    fileprivate func misfit(_ configuration: JSON, _ problems: [ShapeProblem]) -> APIError {
        let place = "\(configuration["metadata"]?["namespace"]?.string ?? "")/\(name ?? "")"
        let group = kind.group.isEmpty ? "/\(served.version.name)" : served.apiVersion
        let lines =
            problems.count == 1
            ? problems[0].description : "errors:\n" + problems.map { "  \($0)" }.joined(separator: "\n")
        return APIError(
            .badRequest,
            "failed to create typed patch object (\(place.shortened); \(group), Kind=\(kind.names.kind)): \(lines)",
            details: details(name),
            causes: problems.map { FieldIssue(path: String($0.path.dropFirst()), message: $0.message) })
    }
}

extension APIError {
    /// Fields that an apply would take from others, each a cause.
    fileprivate static func applyConflict(_ conflicts: [FieldConflict]) -> APIError {
        let causes = conflicts.flatMap { conflict in
            conflict.fields.paths.map {
                FieldIssue(path: $0, reason: .init("FieldManagerConflict"), message: conflict.message)
            }
        }
        return APIError(.conflict, conflicts.message, causes: causes)
    }
}
