// SPDX-License-Identifier: Apache-2.0

import Resources
import SwiftASN1
import X509

/// How a certificate's subject names a user: CN is the name, each O a group, OU `organization:NAME` the organization.
///
/// CN and O as upstream: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates
struct CertificateIdentity {
    var user: UserInfo
    private static let organizationPrefix = "organization:"

    init(_ user: UserInfo) { self.user = user }

    /// Reads a subject; absent when it has no name, or names more than one organization.
    init?(subject: DistinguishedName) {
        let attributes = subject.flatMap { $0.map { $0 } }
        func texts(_ type: ASN1ObjectIdentifier) -> [String] {
            attributes.filter { $0.type == type }.compactMap { String($0.value) }
        }
        let organizations = texts(.RDNAttributeType.organizationalUnitName).filter {
            $0.hasPrefix(Self.organizationPrefix)
        }
        guard let name = texts(.RDNAttributeType.commonName).last, !name.isEmpty, organizations.count <= 1 else {
            return nil
        }
        let organization = organizations.first.map { String($0.dropFirst(Self.organizationPrefix.count)) }
        guard organization != "" else { return nil }
        user = UserInfo(name: name, groups: texts(.RDNAttributeType.organizationName), organization: organization)
    }

    var subject: DistinguishedName {
        get throws {
            try DistinguishedName {
                for group in user.groups { OrganizationName(group) }
                if let organization = user.organization {
                    OrganizationalUnitName(Self.organizationPrefix + organization)
                }
                CommonName(user.name)
            }
        }
    }
}
