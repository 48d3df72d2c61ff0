// SPDX-License-Identifier: Apache-2.0

import Clients
import Foundation
import HTTPTypes
import JSONTree
import Kubernetes
import Login
import RESTClient
import Recordings
import Resources
import ServiceLifecycle
import TestTime

@testable import ControlPlane
@testable import CoreKinds

/// A whole server in this process, over real HTTP, as the recorded one was: without controllers but those that serve definitions.
struct ReplayServer: Sendable {
    private let admin: HTTPTransport
    /// Shows no certificate.
    private let nobody: HTTPTransport
    private let url: String

    struct Answer: Sendable {
        var status: Int64
        var headers: JSON
        var body: JSON
    }

    /// Runs a server on a folder of its own around a test.
    static func run(_ body: @Sendable @escaping (ReplayServer) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "scs-replay-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings = try Settings([.data: folder.path, .port: "0", .controllers: "none"])
        let plane = try await ControlPlane(settings)
        let services = plane.services + [plane.definitionService(), plane.seedService()]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) }, logger: plane.quietLogger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try await plane.started()
            let server = try ReplayServer(plane, port: port)
            try await server.install()
            try await body(server)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        try await plane.close()
    }

    private init(_ plane: ControlPlane, port: Int) throws {
        url = "https://127.0.0.1:\(port)"
        let access = AdminAccess(folder: plane.folder, authority: plane.keys.authority, server: url)
        _ = try access.write(organizations: [], current: nil, namespace: nil, now: Timekeeper.system.wall())
        let text = try String(contentsOfFile: plane.folder.adminKubeconfig, encoding: .utf8)
        let config = try Kubeconfig(parsing: text, context: "scs")
        admin = try HTTPTransport(HTTPTransport.Settings(trust: config.trust))
        nobody = try HTTPTransport(HTTPTransport.Settings(trust: Trust(config.trust.roots, identity: nil)))
    }

    /// Installs the kinds that the cases are about, and waits until they are served.
    private func install() async throws {
        for definition in CorpusKinds.definitions {
            let answer = try await send("POST", CorpusKinds.definitionsPath, body: definition.bytes)
            guard answer.status == 201 else { throw NeverCame(description: answer.body.text) }
        }
        for path in CorpusKinds.paths {
            try await eventually(path, within: .seconds(20)) { try await send("GET", path).status == 200 }
        }
    }

    /// Sends a request as the recorder did, as the administrator unless a header says otherwise; an answer of status 0
    /// is none.
    func send(
        _ method: String, _ path: String, body: [UInt8] = [], accept: String = "application/json",
        contentType: String = "application/json", headers: [(name: String, value: String)] = []
    ) async throws -> Answer {
        var fields: HTTPFields = [.userAgent: "corpus-recorder/1.0", .accept: accept]
        if !body.isEmpty { fields[.contentType] = contentType }
        for header in headers {
            if let name = HTTPField.Name(header.name) { fields[name] = header.value }
        }
        guard let verb = HTTPRequest.Method(rawValue: method) else { throw NeverCame(description: method) }
        let transport = headers.contains { $0.name == "Authorization" } ? nobody : admin
        let request = RESTRequest(
            verb, url + path, headers: fields, body: body, deadline: .seconds(30), isIdempotent: false)
        do {
            let answer = try await transport.send(request)
            return Answer(
                status: Int64(answer.status), headers: Self.kept(answer.headers), body: Self.decoded(answer, path))
        } catch let error as RESTError {
            return Answer(status: 0, headers: [:], body: .string("\(error)"))
        }
    }

    /// The headers that a recording keeps.
    private static func kept(_ fields: HTTPFields) -> JSON {
        var kept = JSONObject()
        for name in [HTTPField.Name.contentType, .retryAfter] {
            if let value = fields[name], !value.isEmpty { kept[name.canonicalName] = .string(value) }
        }
        let warnings = fields.filter { $0.name.canonicalName == "warning" }.map { JSON.string($0.value) }
        if !warnings.isEmpty { kept["warning"] = .array(warnings) }
        return .object(kept)
    }

    /// JSON as JSON, a watch as the list of its events, protobuf by its first four bytes, other text as text.
    private static func decoded(_ answer: RESTResponse, _ path: String) -> JSON {
        guard !answer.body.isEmpty else { return .null }
        let type = answer.headers[.contentType] ?? ""
        guard !type.contains("protobuf"), !type.contains("cbor") else {
            let digits = answer.body.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            return ["$binary": .string(digits.joined())]
        }
        if let tree = try? JSON(parsing: answer.body, limits: .stored) {
            let isWatch = path.contains("watch=") && answer.status == 200 && tree.object != nil
            return isWatch ? ["$events": [tree]] : tree
        }
        let lines = answer.body.split(separator: UInt8(ascii: "\n")).map { try? JSON(parsing: Array($0)) }
        let events = lines.compactMap(\.self)
        guard events.count == lines.count else { return .string(String(decoding: answer.body, as: UTF8.self)) }
        return ["$events": .array(events)]
    }
}
