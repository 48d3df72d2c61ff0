// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Reconciling

/// One member of a thing at a site that is to be changed, and which field of the object asks for it.
package struct FieldChange: Hashable, Sendable {
    /// The member as the service calls it: `mtu`.
    package var member: String
    package var value: JSON
    package var difference: Difference

    package init(_ member: String, to value: JSON, field: String, wanted: String, found: String?) {
        self.member = member
        self.value = value
        difference = Difference(field, wanted: wanted, found: found ?? "nothing")
    }
}

extension [FieldChange] {
    /// The body of a call that makes all of them.
    package var body: JSON { .object(JSONObject(map { ($0.member, $0.value) })) }
    package var differences: [Difference] { map(\.difference) }
    /// For a summary: `name, mtu`.
    package var names: String { map(\.member).joined(separator: ", ") }
}
