// SPDX-License-Identifier: Apache-2.0

/// What was waited for did not come in time.
package struct NeverCame: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}

/// Waits until a condition holds, asking again and again; throws when it does not within `deadline` of real time.
package func eventually(
    _ what: String, within deadline: Duration = .seconds(45), _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + deadline
    while try await !condition() {
        guard clock.now < end else { throw NeverCame(description: "\(what) did not come within \(deadline)") }
        try await clock.sleep(for: .milliseconds(1))
    }
}
