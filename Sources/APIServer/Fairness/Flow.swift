// SPDX-License-Identifier: Apache-2.0

package import Resources

/// Whose requests are counted together, and take turns with everybody else's.
package struct Flow: Hashable, Sendable {
    /// The user's home; empty for the provider's people and programs.
    package var organization: String
    package var user: String

    /// The flow of a user's name in an organization.
    package init(organization: String, user: String) {
        self.organization = organization
        self.user = user
    }

    /// The flow of whoever asks, wherever the request goes: nobody gets more by asking in many places.
    package init(_ user: UserInfo) { self.init(organization: user.organization ?? "", user: user.name) }
}
