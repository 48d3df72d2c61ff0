// SPDX-License-Identifier: Apache-2.0

/// The volume service.
///
/// https://docs.openstack.org/api-ref/block-storage/v3/
package struct Cinder: Sendable {
    package let session: Session

    package init(_ session: Session) { self.session = session }
}
