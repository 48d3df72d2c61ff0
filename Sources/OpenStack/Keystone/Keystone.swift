// SPDX-License-Identifier: Apache-2.0

/// The identity service: projects, users and who may do what.
///
/// https://docs.openstack.org/api-ref/identity/v3/
package struct Keystone: Sendable {
    package let session: Session

    package init(_ session: Session) { self.session = session }
}
