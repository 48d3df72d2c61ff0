// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import Schemas

@testable import Merging

/// Just enough of an API server to replay recorded writes to one object: merging, defaults, books, revisions.
struct MiniServer {
    enum Reply {
        case object(JSON)
        case failure(ApplyFailure)
    }

    private(set) var live: JSON?
    private var revision: Int64 = 0
    private var clock = 0
    private var revisions: [String: String] = [:]

    let schema: Schema
    let apiVersion: String
    private let shape: Shape

    init(_ step: Corpus.Step) {
        let isWidget = step.path.contains("/widgets")
        schema = isWidget ? Recorded.widget : step.path.contains("/secrets") ? Recorded.secret : Recorded.configMap
        apiVersion = isWidget ? "corpus.example.org/v1" : "v1"
        shape = Shape(schema)
    }

    /// Sends a step that was answered with an object or a conflict.
    mutating func send(_ step: Corpus.Step) throws -> Reply {
        clock += 1
        let door = step.path.hasSuffix("/status") ? "status" : ""
        let time = "2026-07-07T10:11:\(clock < 10 ? "0" : "")\(clock)Z"
        let writer = Writer(
            step.parameter("fieldManager") ?? "corpus-recorder", apiVersion: apiVersion, subresource: door, time: time)
        let ownership = Ownership(shape, VersionShapes(apiVersion, shape), writer)
        let before = live
        do throws(ApplyFailure) {
            let body = bound(step.body ?? .object(JSONObject()))
            let written =
                switch (step.method, step.contentType) {
                case ("GET", _): before ?? .null
                case (_, "application/apply-patch+yaml"):
                    try apply(body, force: step.parameter("force") == "true", ownership, door)
                default: update(patched(body, step.contentType, step.method), ownership, door)
                }
            if step.parameter("dryRun") == nil, step.method != "GET" { store(written) }
            return .object(step.parameter("dryRun") == nil ? live ?? .null : written)
        } catch {
            return .failure(error)
        }
    }

    private func apply(
        _ body: JSON, force: Bool, _ ownership: Ownership, _ door: String
    ) throws(ApplyFailure) -> JSON {
        var configuration = body
        if schema.member("status") != nil { configuration[door == "status" ? "spec" : "status"] = nil }
        let applied = try ownership.apply(configuration, to: live, force: force)
        return kept(applied.object, door).with(applied.managed)
    }

    private func update(_ new: JSON, _ ownership: Ownership, _ door: String) -> JSON {
        let object = kept(new, door)
        let sent = new["metadata"]?["managedFields"]
        return object.with(ownership.updated(live: live, new: object, sent: sent))
    }

    private func patched(_ body: JSON, _ type: String, _ method: String) -> JSON {
        guard method == "PATCH", let live else { return body }
        switch type {
        case "application/merge-patch+json": return live.merging(body)
        case "application/json-patch+json": return (try? live.applying(JSONPatch(tree: body))) ?? live
        default:
            var tree = (try? StrategicMerge.apply(body, to: live, schema)) ?? live
            tree.foldSecret()
            return tree
        }
    }

    /// The object as its door lets it through, pruned and with defaults.
    private func kept(_ new: JSON, _ door: String) -> JSON {
        var object = schema.defaulted(schema.pruned(new).tree)
        if schema.member("status") != nil {
            if door == "status" {
                var result = live ?? .null
                result["status"] = object["status"]
                object = result
            } else {
                object["status"] = live?["status"]
            }
        }
        var metadata = object["metadata"] ?? .object(JSONObject())
        for name in ["labels", "annotations", "finalizers", "ownerReferences"] {
            if metadata[name]?.array?.isEmpty ?? metadata[name]?.object?.isEmpty ?? false { metadata[name] = nil }
        }
        for name in ["managedFields", "resourceVersion", "namespace", "creationTimestamp", "generation"] {
            metadata[name] = live?["metadata"]?[name]
        }
        object["metadata"] = metadata
        if object["data"]?.object?.isEmpty == true { object["data"] = nil }
        return object
    }

    private mutating func store(_ new: JSON) {
        guard live?.withoutTimes != new.withoutTimes else { return }
        revision += 1
        live = new
        var metadata = new["metadata"] ?? .null
        metadata["resourceVersion"] = .string(String(revision))
        live?["metadata"] = metadata
    }

    /// Fills the versions that the recording names with our own.
    private func bound(_ body: JSON) -> JSON {
        guard let version = body["metadata"]?["resourceVersion"]?.string, let own = revisions[version] else {
            return body
        }
        return body.merging(["metadata": ["resourceVersion": .string(own)]])
    }

    /// Whether our version stands for the recorded one, from its first appearance on.
    mutating func agrees(_ recorded: String?) -> Bool {
        guard let recorded, let own = live?["metadata"]?["resourceVersion"]?.string else { return recorded == nil }
        if let known = revisions[recorded] { return known == own }
        guard !revisions.values.contains(own) else { return false }
        revisions[recorded] = own
        return true
    }
}

extension JSON {
    fileprivate func with(_ managed: ManagedFields) -> JSON {
        var metadata = self["metadata"] ?? .object(JSONObject())
        metadata["managedFields"] = managed.tree
        var result = self
        result["metadata"] = metadata
        return result
    }

    fileprivate mutating func foldSecret() {
        for member in self["stringData"]?.object?.members ?? [] {
            var data = self["data"] ?? .object(JSONObject())
            data[member.key] = .string(Data((member.value.string ?? "").utf8).base64EncodedString())
            self["data"] = data
        }
        self["stringData"] = nil
    }

    fileprivate var withoutTimes: JSON { settingTimes(nil) }

    /// The times of all entries of managed fields replaced.
    func settingTimes(_ time: JSON?) -> JSON {
        guard let entries = self["metadata"]?["managedFields"]?.array else { return self }
        var result = self
        var metadata = self["metadata"] ?? .null
        metadata["managedFields"] = .array(
            entries.map { entry in
                var entry = entry
                if entry["time"] != nil { entry["time"] = time }
                return entry
            })
        result["metadata"] = metadata
        return result
    }
}
