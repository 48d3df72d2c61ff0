// SPDX-License-Identifier: Apache-2.0

import StoreContract
import Stores
import StoresSQLite
import Testing

@Suite("SQLiteStore as a Store", .timeLimit(.minutes(1)))
struct SQLiteContractTests {
    /// A store whose events are read from the file as soon as more than `recentEvents` came after them.
    private func contract(recentEvents: Int) -> StoreContract {
        StoreContract {
            let folder = try TemporaryFolder()
            var options = SQLiteStore.Options()
            options.recentEvents = recentEvents
            options.sliceRows = 100
            let store = try folder.open(options)
            return StoreContract.Subject(store: store) { [options] in
                try await store.close()
                return try folder.open(options)
            }
        }
    }

    @Test("keeps what Store promises", arguments: StoreContract.guarantees, [1, 4096])
    func contract(_ guarantee: StoreContract.Guarantee, recentEvents: Int) async throws {
        try await contract(recentEvents: recentEvents).check(guarantee)
    }

    @Test("answers as the memory store does, whatever happens", arguments: [1, 2, UInt64.random(in: 0 ... .max)])
    func randomHistory(seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        var options = SQLiteStore.Options()
        options.recentEvents = 8
        options.sliceRows = 7
        defer { withExtendedLifetime(folder) {} }
        let store = try folder.open(options)
        var history = RandomHistory(seed: seed)
        try await history.run(on: store, steps: 600)
        try await store.close()
    }
}
