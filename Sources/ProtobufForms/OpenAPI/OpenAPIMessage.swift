// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import SwiftProtobuf

/// Writes an OpenAPI v2 document as the protobuf message that older clients insist on.
///
/// kubectl before 1.28 and Argo CD read `/openapi/v2` only in this form; the message is gnostic's
/// (https://github.com/google/gnostic-models).
package enum OpenAPIMessage {
    /// The content type under which clients ask for it.
    package static let mediaType = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"
    /// The content type of the answer, and what newer clients ask for.
    package static let answerType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"

    /// The message of a document that is well formed; what has no place in the message is left out.
    package static func bytes(_ document: JSON) throws -> [UInt8] {
        try OpenAPI2Document(document).serializedBytes()
    }
}

extension JSON {
    /// A member's text; empty when absent, as protobuf has it.
    func text(_ key: String) -> String { self[key]?.string ?? "" }

    func flag(_ key: String) -> Bool { self[key]?.bool ?? false }

    func count(_ key: String) -> Int64 { self[key]?.integer ?? 0 }

    func number(_ key: String) -> Double { self[key]?.number ?? 0 }

    func texts(_ key: String) -> [String] { self[key]?.array?.compactMap(\.string) ?? [] }

    /// A member, as a list of at most one.
    func part(_ key: String) -> [JSON] { self[key].map { [$0] } ?? [] }

    func elements(_ key: String) -> [JSON] { self[key]?.array ?? [] }

    func members(_ key: String) -> [JSONObject.Member] { self[key]?.object?.members ?? [] }

    /// The members whose names begin with `x-`.
    var extensions: [OpenAPI2NamedAny] {
        (object?.members ?? []).filter { $0.key.hasPrefix("x-") }.map(OpenAPI2NamedAny.init)
    }
}

extension OpenAPI2NamedAny {
    fileprivate init(_ member: JSONObject.Member) {
        self.init()
        name = member.key
        value = OpenAPI2Any(member.value)
    }
}

extension OpenAPI2Any {
    /// Any value, as YAML: JSON is YAML too.
    init(_ tree: JSON) {
        self.init()
        yaml = tree.text
    }
}
