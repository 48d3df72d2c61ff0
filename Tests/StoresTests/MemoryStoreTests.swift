// SPDX-License-Identifier: Apache-2.0

import StoreContract
import Stores
import Testing

@Suite("MemoryStore", .timeLimit(.minutes(1)))
struct MemoryStoreTests {
    let contract = StoreContract {
        let store = MemoryStore()
        return StoreContract.Subject(store: store) { store }
    }

    @Test("keeps what Store promises", arguments: StoreContract.guarantees)
    func contract(_ guarantee: StoreContract.Guarantee) async throws { try await contract.check(guarantee) }
}
