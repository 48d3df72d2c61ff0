// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import JSONTree
import SwiftProtobuf

/// Reads the protobuf bodies that clients send for the kinds that Kubernetes itself has.
///
/// kubectl 1.32 and newer, and every typed Go client that asks for it, send these instead of JSON and do not try JSON
/// after a refusal. A body is four bytes, then a message that names the kind and holds the object's message:
/// https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding
package enum ProtobufBody {
    /// The content type of such a body.
    package static let mediaType = "application/vnd.kubernetes.protobuf"

    private static let magic: [UInt8] = [0x6b, 0x38, 0x73, 0x00]

    /// Known messages refer to each other less deeply than this.
    private static let options: BinaryDecodingOptions = {
        var options = BinaryDecodingOptions()
        options.messageDepthLimit = 16
        options.discardUnknownFields = true
        return options
    }()

    /// Whether objects of this kind may come as protobuf.
    package static func isKnown(apiVersion: String, kind: String) -> Bool {
        KnownMessages.type(apiVersion: apiVersion, kind: kind) != nil
    }

    /// The body as the tree that the same object has in JSON.
    ///
    /// The kind that the path asks for is meant where the body names none. Whether the named kind fits the path is left
    /// to who checks that of JSON too; a known kind that is not this one is read as what it says it is.
    package static func tree(
        _ bytes: [UInt8], apiVersion: String, kind: String
    ) throws(UnreadableMessage) -> JSON {
        guard bytes.starts(with: magic) else {
            throw UnreadableMessage("the body does not begin as protobuf of Kubernetes does (k8s, then a zero byte)")
        }
        let envelope: RuntimeUnknown = try message(bytes.dropFirst(magic.count))
        guard envelope.contentEncoding.isEmpty else {
            throw UnreadableMessage("content encoding \"\(envelope.contentEncoding.prefix(64))\" is not known")
        }
        guard envelope.contentType.isEmpty || envelope.contentType == mediaType else {
            throw UnreadableMessage("the message inside must be protobuf too")
        }
        let named = envelope.typeMeta
        let (sentVersion, sentKind) =
            named.kind.isEmpty && named.apiVersion.isEmpty ? (apiVersion, kind) : (named.apiVersion, named.kind)
        guard let type = KnownMessages.type(apiVersion: sentVersion, kind: sentKind) else {
            throw UnreadableMessage(
                "\(sentVersion.prefix(128)), Kind=\(sentKind.prefix(128)) cannot be read from protobuf")
        }
        return try object(type, envelope.raw, apiVersion: sentVersion, kind: sentKind)
    }

    private static func object(
        _ type: any ObjectForm.Type, _ raw: Data, apiVersion: String, kind: String
    ) throws(UnreadableMessage) -> JSON {
        var writer = FormWriter()
        writer.text("kind", kind)
        writer.text("apiVersion", apiVersion)
        try read(type, raw).write(to: &writer)
        return writer.tree
    }

    private static func read<Form: ObjectForm>(_ type: Form.Type, _ raw: Data) throws(UnreadableMessage) -> Form {
        try message(raw)
    }

    private static func message<M: Message>(_ bytes: some Collection<UInt8>) throws(UnreadableMessage) -> M {
        do {
            return try M(serializedBytes: Array(bytes), options: options)
        } catch {
            throw UnreadableMessage("the bytes are no \(M.protoMessageName.split(separator: ".").last ?? "message")")
        }
    }
}
