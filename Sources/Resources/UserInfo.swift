// SPDX-License-Identifier: Apache-2.0

/// Who asks, as authentication found out.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/
package struct UserInfo: Hashable, Sendable {
    package var name: String
    package var uid: String?
    package var groups: [String]
    package var extra: [String: [String]]
    /// The organization that the identity is valid in; absent for the provider's own people and services, who may enter all.
    package var organization: String?

    package init(
        name: String, uid: String? = nil, groups: [String] = [], extra: [String: [String]] = [:],
        organization: String? = nil
    ) {
        self.name = name
        self.uid = uid
        self.groups = groups
        self.extra = extra
        self.organization = organization
    }
}
