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

    @Test(
        "times print as RFC 3339",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_800_000_000, "2027-01-15T08:00:00Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] as [(Int64, String)])
    func timestamps(seconds: Int64, text: String) { #expect(Timekeeper.timestamp(seconds) == text) }
}
