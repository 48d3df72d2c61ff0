// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import OpenStack
import Reconciling
import Resources
import Schemas
import SiteKinds

/// Where a credential stands: a Secret with a `clouds.yaml`, in the namespace `scs-system` at the root.
struct CredentialSecret: Hashable, Sendable {
    static let namespace = "scs-system"
    static let file = "clouds.yaml"

    var name: String
    /// The entry of the file; absent for the only one.
    var cloud: String?

    init(name: String, cloud: String?) {
        self.name = name
        self.cloud = cloud
    }

    /// Reads a `credentialsRef`.
    init?(_ tree: JSON?) {
        guard let name = tree?["name"]?.string else { return nil }
        self.name = name
        cloud = tree?["cloud"]?.string
    }

    var key: ObjectKey { Self.key(name) }

    static func key(_ name: String) -> ObjectKey { ObjectKey(organization: "", namespace: namespace, name: name) }

    func reference(_ field: String) -> Reference {
        Reference(field: field, type: .secret, key: key, need: .optional)
    }

    /// Reads the cloud out of the Secret; the error names the key that is wrong, never a value.
    func read(_ secret: Object?) throws(InvalidCredential) -> Cloud {
        guard let secret else {
            throw InvalidCredential("Secret \"\(name)\" in namespace \"\(Self.namespace)\" does not exist; create it")
        }
        guard let text = secret.secretText(Self.file) else {
            throw InvalidCredential("Secret \"\(name)\" has no text under the key \"\(Self.file)\"; add it")
        }
        do {
            return try Cloud(cloudsFile: text, name: cloud)
        } catch {
            throw InvalidCredential("Secret \"\(name)\": \(error)")
        }
    }

    static let schema = Schema.object(
        "The credential: a Secret with the key clouds.yaml in the namespace scs-system at the root.",
        [
            .init("name", .name("The Secret's name.")),
            .init(
                "cloud",
                .string("The entry of clouds.yaml; may be absent when it has one only.", maxLength: 253, minLength: 1)),
        ], required: ["name"])
}

/// A credential that cannot be used until the provider changes it.
struct InvalidCredential: Error, Hashable, PassError {
    let message: String

    init(_ message: String) { self.message = message }

    var isAmbiguous: Bool { false }
    var retryAfter: Duration? { nil }
    var rejection: Rejection? { Rejection(reason: "InvalidCredential", message: message, fixer: .provider) }
}

extension Object {
    /// A text that a Secret holds; absent when it is no UTF-8.
    func secretText(_ key: String) -> String? {
        guard let base64 = tree["data"]?[key]?.string, let bytes = Data(base64Encoded: base64) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
