// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

/// Where a server keeps which organization.
package enum RemotePaths: Hashable, Sendable {
    /// SCS Central: the provider at the root, each organization below `/organizations/NAME`, all below `/organizations/*`.
    case organizations
    /// A plain Kubernetes API server, whose objects are all this one organization's.
    case only(organization: String)

    func prefix(_ organizations: Scope.Organizations) throws -> String {
        switch (self, organizations) {
        case (.organizations, .everywhere): return "/organizations/*"
        case (.organizations, .one("")): return ""
        case (.organizations, .one(let name)): return "/organizations/\(name.percentEncoded)"
        case (.only, .everywhere): return ""
        case (.only(let ours), .one(let asked)):
            guard asked == ours else {
                throw APIError(.notFound, #"this server keeps no organization "\#(asked)""#)
            }
            return ""
        }
    }

    /// The path of a collection; a namespaced kind without a namespace means all of them.
    func path(_ type: ResourceType, _ organizations: Scope.Organizations, namespace: String?) throws -> String {
        var path = try prefix(organizations)
        let version = type.kind.groupVersion
        path += version.group.isEmpty ? "/api/\(version.version)" : "/apis/\(version.group)/\(version.version)"
        if type.isNamespaced, let namespace, !namespace.isEmpty { path += "/namespaces/\(namespace.percentEncoded)" }
        return "\(path)/\(type.plural)"
    }

    /// The path of one object, or of a door of it.
    func path(_ type: ResourceType, _ key: ObjectKey, _ subresource: String? = nil) throws -> String {
        let collection = try path(type, .one(key.organization), namespace: key.namespace)
        let path = "\(collection)/\(key.name.percentEncoded)"
        return subresource.map { "\(path)/\($0)" } ?? path
    }

    /// An object as the server sent it, with the organization that it is of.
    ///
    /// Below the wildcard path an annotation tells it; it is no part of the object and is taken out.
    func object(_ tree: JSON, _ type: ResourceType, in organizations: Scope.Organizations) -> Object {
        var object = Object(tree)
        if object.apiVersion.isEmpty { object.tree["apiVersion"] = .string(type.kind.groupVersion.text) }
        if object.kind.isEmpty { object.tree["kind"] = .string(type.kind.kind) }
        switch (self, organizations) {
        case (.only(let organization), _), (_, .one(let organization)): object.organization = organization
        case (.organizations, .everywhere):
            object.organization = object.metadata.annotations[Self.organizationAnnotation] ?? ""
            var annotations = object.metadata.annotations
            annotations[Self.organizationAnnotation] = nil
            object.metadata.annotations = annotations
        }
        return object
    }

    private static let organizationAnnotation = "scs.community/organization"
}

extension String {
    /// As a part of a path or query: everything but RFC 3986's unreserved characters is encoded.
    var percentEncoded: String {
        var bytes: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
