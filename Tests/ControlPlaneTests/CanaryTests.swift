// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import Testing

@Suite("No secret leaves", .timeLimit(.minutes(2)))
struct CanaryTests {
    private static let word = "Canary0xDEADBEEFxCanary"
    private static let encoded = Data(word.utf8).base64EncodedString()
    private static let secrets = "/organizations/acme/api/v1/namespaces/prod/secrets"

    @Test("no secret value is in the store's files, the log, the audit, a figure, an event, an error or a status")
    func everywhere() async throws {
        let server = RunningServer()
        try await server.start(["--log-level", "trace"])
        let admin = try server.admin()
        let furnisher = Furnisher(admin: admin)
        try await furnisher.organization("acme")
        try await furnisher.namespace("prod", in: "acme")
        let token = try await furnisher.mightyAccount("robot", in: "acme", "prod")
        _ = try await admin.with(token: token).send(.get, Self.secrets)
        _ = try await admin.with(token: "\(token)x").send(.get, Self.secrets)

        for (method, path, body, status) in Self.requests {
            let type = method == .patch ? "application/merge-patch+json" : "application/json"
            let answer = try await admin.send(method, Self.secrets + path, bytes: Array(body.utf8), as: type)
            #expect(answer.status == status, "\(method) \(path) \(body): \(answer.text)")
            guard answer.status >= 400 else { continue }
            #expect(!Self.leaks(answer.text), "\(method) \(path): \(answer.text)")
        }
        #expect(try await admin.send(.get, "\(Self.secrets)/one").text.contains(Self.encoded))

        for path in [
            "/metrics", "/organizations/acme/api/v1/events", "/organizations/*/api/v1/events",
            "/organizations/*/apis/management.scs.community/v1alpha1/projects",
            "/apis/management.scs.community/v1alpha1/organizations", "/organizations/acme/api/v1/serviceaccounts",
        ] {
            let answer = try await admin.send(.get, path)
            #expect(answer.status == 200, "\(path): \(answer.text)")
            #expect(!Self.leaks(answer.text) && !answer.text.contains(token), "\(path)")
        }
        try files(server, token)
        try await server.terminate()
        try files(server, token)
    }

    /// The planted words, and how each request of the test should end.
    private static let requests: [(HTTPRequest.Method, String, String, Int)] = [
        (.post, "", #"{"metadata":{"name":"one"},"data":{"key":"\#(encoded)"}}"#, 201),
        (.post, "", #"{"metadata":{"name":"two"},"stringData":{"key":"\#(word)"}}"#, 201),
        (.post, "", #"{"metadata":{"name":"one"},"data":{"key":"\#(encoded)"}}"#, 409),
        (.post, "", #"{"metadata":{"name":"three"},"data":{"key":"\#(word)!"}}"#, 422),
        (.post, "", #"{"metadata":{"name":"UPPER"},"stringData":{"key":"\#(word)"}}"#, 422),
        (.post, "", #"{"metadata":{"name":"four"},"stringData":{"key":["\#(word)"]}}"#, 422),
        (.post, "", #"{"metadata":{"name":"five"},"stringData":"\#(word)"#, 400),
        (.post, "?fieldValidation=Strict", #"{"metadata":{"name":"six"},"extra":"\#(word)"}"#, 400),
        (.patch, "/one", #"{"stringData":{"other":"\#(word)"}}"#, 200),
        (.put, "/two", #"{"metadata":{"name":"two","resourceVersion":"1"},"data":{"key":"\#(encoded)"}}"#, 409),
        (.delete, "/two", "", 200),
    ]

    private static func leaks(_ text: String) -> Bool { text.contains(word) || text.contains(encoded) }

    private func files(_ server: RunningServer, _ token: String) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: server.data.path).map { "data/\($0)" }
        #expect(names.contains("data/scs.db") && names.contains("data/audit.log"))
        for name in names + ["log", "output"] {
            let bytes = try Data(contentsOf: server.folder.appending(path: name))
            for canary in [Self.word, Self.encoded, token] {
                #expect(bytes.range(of: Data(canary.utf8)) == nil, "\(name) holds a secret")
            }
        }
    }
}
