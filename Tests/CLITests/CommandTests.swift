// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Kubernetes
import Resources
import Testing

@testable import CLI

@Suite("Commands", .timeLimit(.minutes(1)))
struct CommandTests {
    let server = ScriptedServer()
    static let path = "/apis/compute.test/v1/namespaces/demo/vms"
    static let manifest = "{apiVersion: compute.test/v1, kind: VM, metadata: {name: web}, spec: {size: 2}}"

    static func object(ready: String, progressing: String = "True", reason: String, _ more: String = "") -> String {
        """
        {"apiVersion":"compute.test/v1","kind":"VM","metadata":{"name":"web","namespace":"demo","generation":1},\
        "spec":{"size":2}\(more),"status":{"conditions":[{"type":"Ready","status":"\(ready)","reason":"\(reason)",\
        "message":""},{"type":"Progressing","status":"\(progressing)","reason":"\(reason)","message":""}]}}
        """
    }

    static func list(_ items: String...) -> String {
        #"{"metadata":{"resourceVersion":"7"},"items":[\#(items.joined(separator: ","))]}"#
    }

    @Test(
        "get shows the server's table, by any name of the kind",
        arguments: ["v", "vm", "vms", "VM", "vms.compute.test"])
    func get(word: String) async throws {
        server.answer(
            "GET \(Self.path)",
            """
            {"kind":"Table","columnDefinitions":[{"name":"Name","priority":0},{"name":"Ready","priority":0},\
            {"name":"Image","priority":1}],"rows":[{"cells":["web","True","x"]},{"cells":["db",null,"y"]}]}
            """)
        try await Getting(server.session()).show(word, names: [])
        #expect(server.lines == ["NAME   READY", "web    True", "db     <none>"])
    }

    @Test("get prints one object as YAML")
    func yaml() async throws {
        server.answer(
            "GET \(Self.path)/web", #"{"apiVersion":"compute.test/v1","kind":"VM","metadata":{"name":"web"}}"#)
        try await Getting(server.session(), form: .yaml).show("vm", names: ["web"])
        #expect(server.lines == ["apiVersion: compute.test/v1", "kind: VM", "metadata:", "  name: web"])
    }

    @Test("an unknown kind is told with its exit code")
    func unknown() async throws {
        let error = await #expect(throws: CLIError.self) { try await Getting(server.session()).show("nope", names: []) }
        #expect(error?.exit == .notFound)
    }

    @Test("apply creates what is absent and remembers what it said")
    func create() async throws {
        let absent = #"{"kind":"Status","status":"Failure","reason":"NotFound","code":404,"message":"no"}"#
        server.answer("GET \(Self.path)/web", absent, status: 404)
        server.answer("POST \(Self.path)", Self.object(ready: "False", reason: "New"), status: 201)
        let objects = try Manifests.parse(Self.manifest, file: "web.yaml")
        _ = try await Applying(session: server.session(), isDryRun: false).apply(objects)
        #expect(server.lines == ["vm.compute.test/web created"])
        let body = try JSON(parsing: try #require(server.bodies("POST").first))
        #expect(body["metadata"]?["annotations"]?[Applying.annotation]?.string?.contains(#""size":2"#) == true)
    }

    @Test("apply takes out what the file said before and leaves what others set")
    func patch() throws {
        let last = try JSON(parsing: #"{"spec":{"size":1,"old":true,"gone":1}}"#)
        let live = try JSON(parsing: #"{"spec":{"size":1,"old":true,"theirs":3}}"#)
        let wanted = try JSON(parsing: #"{"spec":{"size":2}}"#)
        #expect(Applying.patch(from: last, to: wanted, live: live).text == #"{"spec":{"size":2,"old":null}}"#)
    }

    @Test("waiting shows each new reason and ends when the object is ready")
    func wait() async throws {
        server.answer("GET \(Self.path)", Self.list(Self.object(ready: "False", reason: "Building")))
        let ready = Self.object(ready: "True", progressing: "False", reason: "Settled")
        server.answer("WATCH \(Self.path)", #"{"type":"MODIFIED","object":\#(ready)}"# + "\n")
        try await wait(for: .condition(type: "Ready", truth: .yes), session: server.session())
        #expect(server.notes.map { $0.prefix { $0 != "(" } } == ["vms web: Building ", "vms web: Settled "])
        #expect(server.lines == ["vms web: Ready is True"])
    }

    @Test("waiting ends at once when the object is rejected")
    func rejected() async throws {
        let object = Self.object(ready: "False", progressing: "False", reason: "NoSuchImage")
        server.answer("GET \(Self.path)", Self.list(object))
        let error = await #expect(throws: CLIError.self) {
            try await wait(for: .condition(type: "Ready", truth: .yes), session: server.session())
        }
        #expect(error?.exit == .rejected)
    }

    @Test("waiting for deletion ends when the object is gone")
    func deletion() async throws {
        server.answer("GET \(Self.path)", Self.list(Self.object(ready: "True", reason: "Settled")))
        let gone = Self.object(ready: "True", reason: "Settled")
        server.answer("WATCH \(Self.path)", #"{"type":"DELETED","object":\#(gone)}"# + "\n")
        try await wait(for: .deletion, session: server.session())
        #expect(server.lines == ["vms web: deleted"])
    }

    private func wait(for goal: Waiting.Goal, session: Session) async throws {
        let type = ResourceType(group: "compute.test", version: "v1", kind: "VM", plural: "vms")
        try await Waiting(session: session, goal: goal, timeout: .seconds(50)).wait(type, session.key(type, "web"))
    }

    @Test("a 422 lists each field on its own line")
    func invalid() {
        let error = CLIError(
            APIError.invalid(
                group: "compute.test", kind: "VM", name: "web",
                [FieldIssue(path: "spec.size", message: "must be positive")]))
        #expect(error.exit == .invalid)
        #expect(error.message.split(separator: "\n").last == "  spec.size: Invalid value: must be positive")
    }

    @Test("describe hides what a secret holds")
    func secret() throws {
        let tree = try JSON(
            parsing: #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{"k":"aGVsbG8="}}"#)
        let lines = Page(object: Object(tree), events: []).lines
        #expect(lines.contains(#"  k: "5 bytes""#))
        #expect(!lines.joined().contains("aGVsbG8="))
    }

    @Test("a kubeconfig gets an organization's context")
    func kubeconfig() throws {
        let config = try Kubeconfig.joined([
            (
                "config",
                """
                current-context: scs
                clusters: [{name: scs, cluster: {server: "https://h:1"}}]
                contexts: [{name: scs, context: {cluster: scs, user: me}}]
                """
            )
        ])
        let result = try OrganizationContext(organization: "acme", namespace: "prod", source: nil).added(to: config)
        #expect(result["current-context"] == "acme")
        #expect(result["clusters"]?[1]?["cluster"]?["server"] == "https://h:1/organizations/acme")
        #expect(result["contexts"]?[1]?["context"]?["namespace"] == "prod")
    }
}
