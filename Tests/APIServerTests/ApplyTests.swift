// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

@Suite("Server-side apply and managed fields", .timeLimit(.minutes(1)))
struct ApplyTests {
    private static let widgets = TestServer.widgets("acme")
    private static let one = widgets + "/one"
    private static let type = "application/apply-patch+yaml"

    private static func entries(_ answer: TestAnswer) -> [String] {
        (answer.json["metadata"]?["managedFields"]?.array ?? []).map { entry in
            let door = entry["subresource"]?.string.map { " \($0)" } ?? ""
            return "\(entry["manager"]?.string ?? "") \(entry["operation"]?.string ?? "")\(door) "
                + (entry["fieldsV1"]?.text ?? "")
        }
    }

    private static func apply(
        _ server: TestServer, _ spec: String, _ query: String = "fieldManager=one", metadata: String = "",
        to path: String = one
    ) async throws -> TestAnswer {
        try await server.send(
            .patch, "\(path)?\(query)", TestServer.widget("one", spec, metadata: metadata), type: type)
    }

    @Test("makes what is not there, without owning defaults, and changes nothing the second time")
    func creates() async throws {
        try await TestServer.run { server in
            let made = try await Self.apply(server, #"{"size":"large"}"#)
            #expect(made.code == 201)
            #expect(made.json["spec"] == ["size": "large", "replicas": 1])
            #expect(Self.entries(made) == [#"one Apply {"f:spec":{"f:size":{}}}"#])
            let again = try await Self.apply(server, #"{"size":"large"}"#)
            #expect(again.code == 200)
            #expect(again.bytes == made.bytes)
            #expect(try await server.send(.get, Self.one).bytes == made.bytes)
        }
    }

    @Test("tells what others manage, takes it by force, and prunes what is no longer applied")
    func conflicts() async throws {
        try await TestServer.run { server in
            _ = try await Self.apply(server, #"{"size":"large","note":"n","replicas":2}"#)
            let refused = try await Self.apply(server, #"{"size":"small","replicas":3}"#, "fieldManager=two")
            #expect(refused.code == 409)
            #expect(
                refused.message
                    == "Apply failed with 2 conflicts: conflicts with \"one\":\n- .spec.replicas\n- .spec.size")
            let causes = refused.json["details"]?["causes"]?.array ?? []
            #expect(causes.compactMap { $0["field"]?.string } == [".spec.replicas", ".spec.size"])
            #expect(causes.first?["reason"] == "FieldManagerConflict")
            #expect(causes.first?["message"] == #"conflict with "one""#)
            let forced = try await Self.apply(server, #"{"size":"small"}"#, "fieldManager=two&force=true")
            #expect(forced.code == 200)
            let pruned = try await Self.apply(server, #"{"replicas":2}"#)
            #expect(pruned.json["spec"] == ["size": "small", "replicas": 2])
            #expect(
                Set(Self.entries(pruned)) == [
                    #"one Apply {"f:spec":{"f:replicas":{}}}"#, #"two Apply {"f:spec":{"f:size":{}}}"#,
                ])
        }
    }

    @Test("the status door is a manager of its own, and either door passes over the other's fields")
    func doors() async throws {
        try await TestServer.run { server in
            _ = try await Self.apply(server, #"{"size":"large"},"status":{"phase":"No"}"#)
            let status = try await Self.apply(
                server, #"{"size":"small"},"status":{"phase":"Ready"}"#, "fieldManager=controller",
                to: Self.one + "/status")
            #expect(status.json["spec"]?["size"] == "large")
            #expect(status.json["status"] == ["phase": "Ready"])
            #expect(
                Set(Self.entries(status)) == [
                    #"one Apply {"f:spec":{"f:size":{}}}"#, #"controller Apply status {"f:status":{"f:phase":{}}}"#,
                ])
            let absent = try await server.send(
                .patch, Self.widgets + "/none/status?fieldManager=controller", TestServer.widget("none"),
                type: Self.type)
            #expect(absent.code == 404)
        }
    }

    @Test("every other write is put down to its field manager, by name or by user agent")
    func updates() async throws {
        try await TestServer.run { server in
            let made = try await server.send(
                .post, Self.widgets + "?fieldManager=maker", TestServer.widget("one", #"{"size":"small"}"#))
            #expect(
                Self.entries(made) == [#"maker Update {"f:spec":{".":{},"f:replicas":{},"f:size":{}}}"#])
            let agent: HTTPFields = [.userAgent: "kubectl-edit/v1.36 (linux/amd64)"]
            let patched = try await server.send(.patch, Self.one, #"{"spec":{"note":"n"}}"#, headers: agent)
            #expect(Self.entries(patched).contains(#"kubectl-edit Update {"f:spec":{"f:note":{}}}"#))
            let version = patched.version
            let put = try await server.send(
                .put, Self.one + "?fieldManager=putter",
                TestServer.widget("one", #"{"size":"large"}"#, metadata: #","resourceVersion":"\#(version)""#))
            #expect(
                Set(Self.entries(put)) == [
                    #"maker Update {"f:spec":{".":{},"f:replicas":{}}}"#, #"putter Update {"f:spec":{"f:size":{}}}"#,
                ])
            let nothing = try await server.send(
                .patch, Self.one + "?fieldManager=nobody", #"{"spec":{"size":"large"}}"#)
            #expect(nothing.bytes == put.bytes)
        }
    }

    @Test("clients may rewrite the entries and clear them; what was there before the first apply is nobody's")
    func rewritten() async throws {
        try await TestServer.run { server in
            _ = try await Self.apply(server, #"{"note":"n"}"#)
            let cleared = try await server.send(.patch, Self.one, #"{"metadata":{"managedFields":[{}]}}"#)
            #expect(cleared.json["metadata"]?["managedFields"] == nil)
            let untracked = try await server.send(.patch, Self.one, #"{"spec":{"size":"small"}}"#)
            #expect(untracked.json["metadata"]?["managedFields"] == nil)
            let refused = try await Self.apply(server, #"{"note":"other"}"#)
            #expect(
                refused.message
                    == #"Apply failed with 1 conflict: conflict with "before-first-apply" using test.scs.community/v1: .spec.note"#
            )
            let entry =
                #"{"manager":"x","operation":"Apply","apiVersion":"test.scs.community/v1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:size":{}}}}"#
            let own = try await server.send(.patch, Self.one, #"{"metadata":{"managedFields":[\#(entry)]}}"#)
            #expect(Self.entries(own) == [#"x Apply {"f:spec":{"f:size":{}}}"#])
            let bad = #"{"metadata":{"managedFields":[{"manager":"x","operation":"Nonsense"}]}}"#
            #expect(try await server.send(.patch, Self.one, bad).bytes == own.bytes)
        }
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        let query: String
        let body: String
        let code: Int
        let says: String
        var type = ApplyTests.type
        var testDescription: String { says }
    }

    static let refusals = [
        Refusal(query: "", body: TestServer.widget("one"), code: 422, says: "fieldManager: Required value"),
        Refusal(
            query: "fieldManager=\(String(repeating: "m", count: 129))", body: TestServer.widget("one"), code: 422,
            says: "fieldManager: Too long: may not be more than 128 bytes"),
        Refusal(
            query: "fieldManager=%07", body: TestServer.widget("one"), code: 422,
            says: "invalid character U+0007 (at position 0)"),
        Refusal(
            query: "force=true", body: "{}", code: 422,
            says: "force: Forbidden: may not be specified for non-apply patch", type: "application/merge-patch+json"),
        Refusal(
            query: "fieldManager=one", body: TestServer.widget("one", #"{"extra":1}"#), code: 400,
            says: ".spec.extra: field not declared in schema"),
        Refusal(
            query: "fieldManager=one", body: TestServer.widget("one", #"{"replicas":"two"}"#), code: 400,
            says: ".spec.replicas: expected numeric (int or float), got string"),
        Refusal(
            query: "fieldManager=one", body: TestServer.widget("one", metadata: #","managedFields":[]"#), code: 400,
            says: "metadata.managedFields must be nil"),
        Refusal(
            query: "fieldManager=one", body: TestServer.widget("one", metadata: #","uid":"x""#), code: 409,
            says: "uid mismatch"),
        Refusal(
            query: "fieldManager=one", body: TestServer.widget("two"), code: 400,
            says: "the name of the object (two) does not match the name on the URL (one)"),
        Refusal(
            query: "fieldManager=one", body: #"{"metadata":{"name":"one"}}"#, code: 400,
            says: "invalid object type: /, Kind="),
        Refusal(query: "fieldManager=one", body: "a: [", code: 400, says: "error decoding"),
        Refusal(
            query: "", body: "{}", code: 415, says: "application/apply-patch+yaml",
            type: "application/strategic-merge-patch+json"),
    ]

    @Test("what cannot be applied is refused with its reason", arguments: refusals)
    func refusal(_ given: Refusal) async throws {
        try await TestServer.run { server in
            let answer = try await server.send(
                .patch, "\(Self.one)?\(given.query)", given.body, type: given.type)
            #expect(answer.code == given.code)
            #expect(answer.message.contains(given.says), "\(answer.message)")
        }
    }

    @Test("a dry run shows the object and its entries and stores neither")
    func dryRun() async throws {
        try await TestServer.run { server in
            let shown = try await Self.apply(server, #"{"size":"small"}"#, "fieldManager=one&dryRun=All")
            #expect(shown.code == 201)
            #expect(shown.version.isEmpty)
            #expect(Self.entries(shown) == [#"one Apply {"f:spec":{"f:size":{}}}"#])
            #expect(try await server.send(.get, Self.one).code == 404)
        }
    }

    @Test("a stale resourceVersion in a configuration conflicts, the present one does not")
    func versions() async throws {
        try await TestServer.run { server in
            let made = try await Self.apply(server, #"{"size":"small"}"#)
            let present = try await Self.apply(
                server, #"{"size":"large"}"#, metadata: #","resourceVersion":"\#(made.version)""#)
            #expect(present.code == 200)
            let stale = try await Self.apply(
                server, #"{"size":"medium"}"#, metadata: #","resourceVersion":"\#(made.version)""#)
            #expect(stale.code == 409)
        }
    }

    @Test("an apply in another version manages that version's fields")
    func otherVersion() async throws {
        try await TestServer.run { server in
            _ = try await Self.apply(server, #"{"size":"small"}"#)
            let old = Self.one.replacing("/v1/", with: "/v1alpha1/")
            let body = TestServer.widget("one", #"{"dimension":"large"}"#, version: "v1alpha1")
            let refused = try await server.send(.patch, old + "?fieldManager=two", body, type: Self.type)
            #expect(refused.message.hasSuffix(#"conflict with "one": .spec.size"#))
            let forced = try await server.send(.patch, old + "?fieldManager=two&force=true", body, type: Self.type)
            #expect(forced.json["spec"]?["dimension"] == "large")
            #expect(Self.entries(forced) == [#"two Apply {"f:spec":{"f:dimension":{}}}"#])
        }
    }
}
