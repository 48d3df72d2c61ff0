// SPDX-License-Identifier: Apache-2.0

/// The image service.
///
/// https://docs.openstack.org/api-ref/image/v2/
package struct Glance: Sendable {
    package let session: Session

    package init(_ session: Session) { self.session = session }
}
