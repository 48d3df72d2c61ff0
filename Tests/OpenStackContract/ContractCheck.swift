// SPDX-License-Identifier: Apache-2.0

/// One fact about OpenStack that the control plane leans on, checked at whichever site it is given.
///
/// The same checks run at the simulator and at real sites, so that what the one pretends is what the others do.
package struct ContractCheck: Sendable, CustomStringConvertible {
    package let name: String
    package let run: @Sendable (ContractSite) async throws -> Void

    package init(_ name: String, _ run: @escaping @Sendable (ContractSite) async throws -> Void) {
        self.name = name
        self.run = run
    }

    package var description: String { name }

    /// Those that need a project only.
    package static let project: [ContractCheck] =
        identity + versions + errors + network + routing + compute + volume + storage

    /// Those that need a domain manager.
    package static let domain: [ContractCheck] = management
}

/// What a check was made for is not so.
package struct ContractFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// Throws a `ContractFailure` unless the condition holds.
func require(_ condition: Bool, _ claim: @autoclosure () -> String) throws {
    guard condition else { throw ContractFailure(claim()) }
}

/// The value, or a `ContractFailure` when there is none.
func require<Value>(_ value: Value?, _ claim: @autoclosure () -> String) throws -> Value {
    guard let value else { throw ContractFailure(claim()) }
    return value
}
