// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import Testing

/// Bodies in protobuf, as kubectl 1.33 sent them; what they mean is tested beside `ProtobufForms`.
@Suite("A protobuf request", .timeLimit(.minutes(1)))
struct ProtobufTests {
    private static let type = "application/vnd.kubernetes.protobuf"
    private static let maps = "/organizations/acme/api/v1/namespaces/demo/configmaps"

    private static func recorded(_ name: String) throws -> String {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(
            contentsOf: tests.appending(path: "ProtobufFormsTests/Fixtures/\(name).binpb"), encoding: .utf8)
    }

    @Test("makes the object that JSON would make, and is answered in JSON")
    func create() async throws {
        try await TestServer.run { server in
            let answer = try await server.send(
                .post, Self.maps, try Self.recorded("config-map"), type: Self.type,
                accept: "\(Self.type),application/json")
            #expect(answer.code == 201)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.json["data"] == ["a": "1", "b": "two"])
            #expect(answer.json["metadata"]?["managedFields"]?[0]?["fieldsV1"]?["f:data"]?["f:a"] == [:])
            let again = try await server.send(.post, Self.maps, try Self.recorded("config-map"), type: Self.type)
            #expect(again.code == 409)
        }
    }

    @Test("of another kind than the path's is refused")
    func otherKind() async throws {
        try await TestServer.run { server in
            let answer = try await server.send(.post, Self.maps, try Self.recorded("secret"), type: Self.type)
            #expect((400...422).contains(answer.code))
        }
    }

    @Test("for a kind that has no protobuf form is 415, and says what is taken")
    func unsupported() async throws {
        try await TestServer.run { server in
            let answer = try await server.send(
                .post, TestServer.widgets("acme"), try Self.recorded("config-map"), type: Self.type)
            #expect(answer.code == 415)
            #expect(answer.json["reason"] == "UnsupportedMediaType")
            #expect(answer.message.contains("application/json") && !answer.message.contains("protobuf"))
        }
    }

    @Test("that is no protobuf is 400", arguments: ["k8s", "k8s\u{0}\u{1}", "{}", "k8s\u{0}\u{12}\u{7f}"])
    func hostile(_ body: String) async throws {
        try await TestServer.run { server in
            let answer = try await server.send(.post, Self.maps, body, type: Self.type)
            #expect(answer.code == 400)
            #expect(answer.json["reason"] == "BadRequest")
        }
    }

    @Test("may carry the options of a deletion")
    func delete() async throws {
        try await TestServer.run { server in
            _ = try await server.send(.post, Self.maps, try Self.recorded("config-map"), type: Self.type)
            // DeleteOptions with the precondition of another uid: field 2, in it field 1.
            let options = "k8s\u{0}\u{a}\u{13}\u{a}\u{2}v1\u{12}\u{d}DeleteOptions\u{12}\u{7}\u{12}\u{5}\u{a}\u{3}odd"
            let held = try await server.send(.delete, "\(Self.maps)/words", options, type: Self.type)
            #expect(held.code == 409)
            #expect(try await server.send(.get, "\(Self.maps)/words").code == 200)
        }
    }
}
