// SPDX-License-Identifier: Apache-2.0

import APIServer
import ClientContract
import Clients
import HTTPTypes
import JSONTree
import Resources
import Schemas
import Testing

@Suite("The client in this process", .timeLimit(.minutes(1)))
struct LocalClientTests {
    private static let type = TestKinds.widget.type
    private static let key = ObjectKey(organization: "acme", namespace: "prod", name: "web")

    private func widget(_ key: ObjectKey = key) -> Object {
        Object(Self.type.kind, key: key, spec: ["size": "small"])
    }

    @Test("it keeps the contract of clients", arguments: ClientContract.all)
    func contract(_ check: ClientContract.Check) async throws {
        try await TestServer.run { server in
            let contract = ClientContract(
                client: server.client, type: ClientContract.widget, organizations: ["acme", "globex"], namespace: "prod"
            )
            try await check.run(contract)
        }
    }

    @Test("it reads what others wrote and writes what others read")
    func roundTrip() async throws {
        try await TestServer.run { server in
            let made = try await server.client.create(Self.type, widget(), WriteOptions())
            #expect(made.organization == "acme")
            #expect(made.metadata.uid != nil)
            #expect(try await server.send(.get, TestServer.widgets("acme") + "/web").code == 200)
            var changed = made
            changed.spec?["size"] = "large"
            let updated = try await server.client.update(Self.type, changed, WriteOptions())
            #expect(updated.metadata.generation == 2)
            await #expect { _ = try await server.client.update(Self.type, changed, WriteOptions()) } throws: {
                ($0 as? APIError)?.reason == .conflict
            }
            let status = try await server.client.patch(
                Self.type, Self.key, .merge(["status": ["phase": "Ready"]]), .status)
            #expect(status.status?["phase"] == "Ready")
            #expect(try await server.client.get(Self.type, Self.key) == status)
            #expect(try await server.client.object(Self.type, Self.key) == status)
            try await server.client.delete(Self.type, Self.key, DeleteOptions())
            #expect(try await server.client.object(Self.type, Self.key) == nil)
        }
    }

    @Test("it lists and watches over all organizations")
    func everywhere() async throws {
        try await TestServer.run { server in
            try await server.make("a", in: "acme")
            try await server.make("b", in: "globex")
            let list = try await server.client.list(Self.type, ListQuery(.everywhere))
            #expect(list.items.map(\.key.organization) == ["acme", "globex"])
            #expect(list.items.allSatisfy { $0.metadata.annotations.isEmpty })
            let stream = try await server.client.watch(
                Self.type, WatchQuery(.everywhere, after: list.resourceVersion))
            try await server.make("c", in: "globex")
            _ = try await server.send(.delete, TestServer.widgets("acme") + "/a")
            var seen: [String] = []
            for try await event in stream {
                switch event {
                case .added(let object): seen.append("added \(object.organization) \(object.metadata.name)")
                case .deleted(let object): seen.append("deleted \(object.organization) \(object.metadata.name)")
                case .modified, .bookmark: continue
                }
                if seen.count == 2 { break }
            }
            #expect(seen == ["added globex c", "deleted acme a"])
        }
    }

    @Test("its writes are validated and audited under the service's name")
    func audited() async throws {
        try await TestServer.run { server in
            var bad = widget()
            bad.spec = ["size": "huge"]
            await #expect { _ = try await server.client.create(Self.type, bad, WriteOptions()) } throws: {
                ($0 as? APIError)?.reason == .invalid
            }
            let last = try #require(server.audit.lines.last)
            #expect(last["user"]?["username"] == "system:scs:test")
            #expect(last["requestURI"] == "/organizations/acme/apis/test.scs.community/v1/namespaces/prod/widgets")
            #expect(last["responseStatus"]?["code"] == 422)
        }
    }

    @Test("a kind or object that is not there is not found")
    func notFound() async throws {
        try await TestServer.run { server in
            await #expect { _ = try await server.client.get(Self.type, Self.key) } throws: {
                ($0 as? APIError)?.reason == .notFound
            }
            let other = ResourceType(group: "x.example", version: "v1", kind: "X", plural: "xs")
            await #expect { _ = try await server.client.list(other, ListQuery(.everywhere)) } throws: {
                ($0 as? APIError)?.reason == .notFound
            }
        }
    }
}
