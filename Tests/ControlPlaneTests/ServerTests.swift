// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import Testing

@Suite("The server", .timeLimit(.minutes(2)))
struct ServerTests {
    @Test("flags win over the environment, the environment over the file, the file over the defaults")
    func precedence() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "scs-settings-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("port: 1111\nhost: 1.1.1.1\nlog-level: debug\n".utf8).write(to: file)
        let result = try Binary.run(
            ["config", "--config", file.path, "--port", "3333"],
            environment: ["SCS_PORT": "2222", "SCS_HOST": "2.2.2.2"])
        #expect(result.status == 0, "\(result.errors)")
        for line in [#"port: "3333""#, #"host: "2.2.2.2""#, #"log-level: "debug""#, #"log-format: "text""#] {
            #expect(result.output.contains("\n\(line)\n"))
        }
    }

    @Test(
        "a bad setting is named with its limit, in one line",
        arguments: [
            ("--port", "70000", "a number from 0 to 65535"), ("--log-level", "loud", "one of trace, debug"),
            ("--history-minutes", "0", "a number from 1 to 10080"), ("--controllers", "some", "one of all, none"),
        ])
    func badSetting(_ flag: String, _ value: String, _ limit: String) throws {
        let result = try Binary.run(["serve", flag, value])
        #expect(result.status != 0)
        #expect(result.errors.contains(flag) && result.errors.contains(limit) && result.errors.contains(value))
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test("keys and data are made once, for the owner's eyes, and a restart keeps them")
    func restart() async throws {
        let server = RunningServer()
        try await server.start()
        for name in ["admin.kubeconfig", "encryption.key", "scs.db", "audit.log"] {
            #expect(try mode(server.data.appending(path: name)) == 0o600, "\(name)")
        }
        #expect(try mode(server.data) == 0o700)
        let authority = try Data(contentsOf: server.data.appending(path: "ca.crt"))
        let key = try Data(contentsOf: server.data.appending(path: "encryption.key"))
        let made = try await server.admin().send(
            .post, "/api/v1/namespaces/scs-system/configmaps",
            ["metadata": ["name": "kept"], "data": ["a": "b"]])
        #expect(made.status == 201, "\(made.text)")

        try await server.terminate()
        #expect(server.exitStatus == 0)
        #expect(server.log.contains("ended"))
        try await server.start()
        let kept = try await server.admin().send(.get, "/api/v1/namespaces/scs-system/configmaps/kept")
        #expect(kept.tree == made.tree)
        #expect(try Data(contentsOf: server.data.appending(path: "ca.crt")) == authority)
        #expect(try Data(contentsOf: server.data.appending(path: "encryption.key")) == key)
    }

    @Test("figures are for those who may read them, and health is for all")
    func metrics() async throws {
        let server = RunningServer()
        try await server.start()
        let admin = try server.admin()
        let nobody = try admin.with()
        #expect(try await nobody.send(.get, "/metrics").status == 401)
        #expect(try await nobody.send(.get, "/api/v1/namespaces").status == 401)
        for path in ["/healthz", "/readyz", "/livez"] {
            #expect(try await nobody.send(.get, path).status == 200, "\(path)")
        }
        let figures = try await admin.send(.get, "/metrics")
        #expect(figures.status == 200 && figures.text.contains("# TYPE"))
    }

    @Test("a write stands in the audit with who, what and the outcome")
    func audit() async throws {
        let server = RunningServer()
        try await server.start()
        let path = "/api/v1/namespaces/scs-system/configmaps"
        let answer = try await server.admin().send(.post, path, ["metadata": ["name": "seen"]])
        #expect(answer.status == 201)
        let lines = try String(contentsOf: server.data.appending(path: "audit.log"), encoding: .utf8)
            .split(separator: "\n").map { try JSON(parsing: String($0)) }
            .filter { $0["requestURI"]?.string == path && $0["user"]?["username"]?.string == "admin" }
        let outcome = try #require(lines.last { $0["stage"]?.string == "ResponseComplete" })
        #expect(outcome["verb"]?.string == "create")
        #expect(outcome["responseStatus"]?["code"]?.integer == 201)
        #expect(lines.contains { $0["stage"]?.string == "RequestReceived" })
    }

    private func mode(_ url: URL) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
        return try #require((attributes[.posixPermissions] as? NSNumber)?.intValue)
    }
}
