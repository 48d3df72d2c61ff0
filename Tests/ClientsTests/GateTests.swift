// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Clients

@Suite("Gate", .timeLimit(.minutes(1)))
struct GateTests {
    @Test("lets everybody through once it is open")
    func opens() async throws {
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<5 { group.addTask { try await gate.wait() } }
            gate.open()
            try await group.waitForAll()
        }
        try await gate.wait()
        #expect(gate.isOpen)
    }

    @Test("a cancelled task stops waiting")
    func cancel() async {
        let gate = Gate()
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await gate.wait() }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }
}
