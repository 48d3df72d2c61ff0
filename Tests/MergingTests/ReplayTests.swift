// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Merging
import Testing

@Suite("What the real server answered, we answer")
struct ReplayTests {
    static let applies = Corpus.cases("server-side-apply")
    static let patches = Corpus.cases("patches")

    @Test("the corpus is there")
    func corpusIsThere() {
        #expect(Self.applies.map(\.steps.count).reduce(0, +) == 116)
        #expect(Self.patches.map(\.steps.count).reduce(0, +) == 71)
    }

    @Test("server-side apply", arguments: applies)
    func apply(_ recorded: Corpus.Case) throws { try replay(recorded) }

    @Test("patches", arguments: patches)
    func patch(_ recorded: Corpus.Case) throws { try replay(recorded) }

    /// Steps that a server refuses before anything is merged are replayed on a whole server elsewhere.
    private func replay(_ recorded: Corpus.Case) throws {
        var servers: [String: MiniServer] = [:]
        for step in recorded.steps {
            let resource =
                step.path.split(separator: "/").first { ["widgets", "configmaps", "secrets"].contains($0) } ?? ""
            var server = servers[String(resource)] ?? MiniServer(step)
            switch step.status {
            case 200, 201:
                guard case .object(let ours) = try server.send(step) else {
                    Issue.record("\(step.name): refused")
                    continue
                }
                #expect(Self.normalised(ours) == Self.normalised(step.answer), "\(recorded.name)/\(step.name)")
                if step.parameter("dryRun") == nil {
                    let version = step.answer["metadata"]?["resourceVersion"]?.string
                    let agrees = server.agrees(version)
                    #expect(agrees, "\(recorded.name)/\(step.name): \(version ?? "")")
                }
            case 409 where step.answer["message"]?.string?.hasPrefix("Apply failed") == true:
                guard case .failure(.conflicts(let conflicts)) = try server.send(step) else {
                    Issue.record("\(step.name): no conflict")
                    continue
                }
                expectConflicts(conflicts, step)
            case 500:
                guard case .failure(.misfits(let problems)) = try server.send(step) else {
                    Issue.record("\(step.name): accepted")
                    continue
                }
                expectProblems(problems, step)
            default: continue
            }
            servers[String(resource)] = server
        }
    }

    private func expectConflicts(_ conflicts: [FieldConflict], _ step: Corpus.Step) {
        #expect(conflicts.message == step.answer["message"]?.string, "\(step.name)")
        let causes = conflicts.flatMap { conflict in
            conflict.fields.paths.map {
                JSON.object(
                    JSONObject([
                        ("reason", "FieldManagerConflict"), ("message", .string(conflict.message)),
                        ("field", .string($0)),
                    ]))
            }
        }
        #expect(JSON.array(causes) == step.answer["details"]?["causes"], "\(step.name)")
    }

    private func expectProblems(_ problems: [ShapeProblem], _ step: Corpus.Step) {
        let message = step.answer["message"]?.string ?? ""
        #expect(problems.count == 1)
        // What stood there is not told: it may be a secret.
        let ours = problems.first.map { "\($0.path): \($0.message)" } ?? ""
        let isTold =
            message.hasSuffix(ours) || message.contains("got &{text}") && ours == ".data: expected map, got string"
        #expect(isTold, "\(step.name): \(ours)")
    }

    /// What both must have alike: without what the server makes up, and without the order of entries.
    private static func normalised(_ object: JSON) -> JSON {
        var tree = object.settingTimes("$TIME")
        var metadata = tree["metadata"] ?? .null
        let entries = metadata["managedFields"]?.array ?? []
        metadata["managedFields"] = .array(entries.sorted { rank($0).lexicographicallyPrecedes(rank($1)) })
        for name in ["resourceVersion", "uid", "generation", "creationTimestamp", "namespace"] { metadata[name] = nil }
        tree["metadata"] = metadata
        return tree
    }

    private static func rank(_ entry: JSON) -> [String] {
        ["operation", "manager", "subresource", "apiVersion"].map { entry[$0]?.string ?? "" }
    }
}
