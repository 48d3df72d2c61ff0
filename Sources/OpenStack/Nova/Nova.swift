// SPDX-License-Identifier: Apache-2.0

/// The compute service: servers, their flavors and keys.
///
/// https://docs.openstack.org/api-ref/compute/
package struct Nova: Sendable {
    package let session: Session

    package init(_ session: Session) { self.session = session }
}
