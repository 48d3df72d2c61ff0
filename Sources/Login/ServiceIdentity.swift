// SPDX-License-Identifier: Apache-2.0

import Access
package import Resources

/// Who our own process is when it acts on objects: a name a controller, so that audit records tell them apart.
///
/// No token or certificate is given out for them; their rights are a built-in role at the root.
package enum ServiceIdentity {
    /// `system:scs:controller:NAME`.
    package static func controller(_ name: String) -> UserInfo {
        UserInfo(
            name: "system:scs:controller:\(name)", groups: [GroupName.controllers, GroupName.authenticated])
    }
}

extension UserInfo {
    /// Whether one of our own controllers asks; never true for a user of an organization, whatever groups they carry.
    package var isController: Bool { organization == nil && groups.contains(GroupName.controllers) }
}
