// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import Resources
import Testing

@Suite("Memory client", .timeLimit(.minutes(1)))
struct MemoryObjectClientTests {
    @Test("keeps the client contract", arguments: ClientContract.all)
    func contract(_ check: ClientContract.Check) async throws {
        let contract = ClientContract(
            client: MemoryObjectClient(), type: ClientContract.widget, organizations: ["acme", "umbrella"],
            namespace: "prod")
        try await check.run(contract)
    }

    @Test("a watch from before the history is expired")
    func expired() async throws {
        let client = MemoryObjectClient()
        let key = ObjectKey(organization: "acme", namespace: "prod", name: "a")
        try await client.seed(ClientContract.widget, Object(ClientContract.widget.kind, key: key))
        client.compact()
        await #expect(throws: APIError.self) {
            _ = try await client.watch(ClientContract.widget, WatchQuery(.everywhere, after: "0"))
        }
    }
}
