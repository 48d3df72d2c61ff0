// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// A public key that lets its owner into servers; made at a site once a server there needs it.
enum SSHKey {
    static let type = ResourceType.sshKey

    static let kind = Kind(
        group: type.kind.group,
        names: Kind.Names(kind: type.kind.kind, plural: type.plural, categories: ["all", "scs"]),
        versions: [
            KindVersion(
                name: type.kind.version, schema: schema,
                columns: [
                    Column("Type", path: ".status.type", description: "The kind of key."),
                    Column("Fingerprint", path: ".status.fingerprint", description: "As ssh-keygen -l prints it."),
                    SitedKind.readyColumn, SitedKind.reasonColumn,
                ])
        ], issues: issues)

    static let schema = Schema.resource(
        "A public key that lets its owner into servers.",
        spec: .object(
            "What is wanted.",
            [
                .init(
                    "publicKey",
                    .string(
                        "One line as in id_ed25519.pub. It is immutable.", maxLength: 16384, minLength: 1
                    ).with(.immutable("create another SSHKey")))
            ], required: ["publicKey"]),
        status: .status(
            "What is known of it.",
            [
                .init("fingerprint", .string("SHA256 and base64, as ssh-keygen -l prints it.", maxLength: 64)),
                .init("type", .string("The kind of key: ssh-ed25519.", maxLength: 64)),
                .init("sites", .array("The sites where it is.", of: site, maxItems: 100)),
            ]))

    private static let site = Schema.object(
        "One site.",
        [
            .init("name", .string("The site.", maxLength: 63)),
            .init("id", .string("Nova's name of the keypair.", maxLength: 255)),
            .init("ready", .boolean("Whether servers there can have it.")),
        ], required: ["name", "ready"])

    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        guard let text = new.spec?["publicKey"]?.string else { return [] }
        let path = "spec.publicKey"
        if let before = old?.spec?["publicKey"]?.string, before != text {
            return [FieldIssue(path: path, message: "is immutable; create another SSHKey")]
        }
        do {
            _ = try PublicKey(text)
            return []
        } catch {
            return [FieldIssue(path: path, message: error.message)]
        }
    }
}

/// What a user wants of a key.
struct SSHKeySpec: Codable, Hashable, Sendable {
    var publicKey: String

    enum CodingKeys: String, CodingKey, CaseIterable { case publicKey }
}

/// What is known of a key, beside its conditions.
struct SSHKeyStatus: Codable, Hashable, Sendable {
    struct Site: Codable, Hashable, Sendable {
        var name: String
        var id: String?
        var ready: Bool

        enum CodingKeys: String, CodingKey, CaseIterable { case name, id, ready }
    }

    var fingerprint: String?
    var type: String?
    var sites: [Site]?

    enum CodingKeys: String, CodingKey, CaseIterable { case fingerprint, type, sites }
}
