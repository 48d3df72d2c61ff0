// SPDX-License-Identifier: Apache-2.0

import Clients
import HTTPTypes
import JSONTree
import ProtobufForms
import Resources
import Serving

/// Reads request bodies: how large they may be, and of which types.
struct BodyReader {
    /// As upstream: 3 MiB.
    static let limit = 3 << 20

    let request: Request

    /// An object; throws `APIError` 413, 415 or 400.
    func object(_ target: Target) async throws -> ParsedJSON {
        let expected = target.bodyKind
        let hasMessage = ProtobufBody.isKnown(apiVersion: expected.groupVersion.text, kind: expected.kind)
        let type = try mediaType(Self.trees + (hasMessage ? [ProtobufBody.mediaType] : []))
        let bytes = try await bytes()
        guard !bytes.isEmpty else { throw target.unrecognized("the body is empty") }
        do {
            if type == ProtobufBody.mediaType { return try Self.message(bytes, expected) }
            return try Self.parse(bytes, isYAML: type == "application/yaml")
        } catch let error as APIError {
            throw target.unrecognized(error.message)
        }
    }

    /// What a deletion says in its body; absent when it has none.
    func deletion() async throws -> JSON? {
        let bytes = try await bytes()
        guard !bytes.isEmpty else { return nil }
        let type = try mediaType(Self.trees + [ProtobufBody.mediaType])
        if type == ProtobufBody.mediaType { return try Self.message(bytes, Self.deletion).tree }
        return try Self.parse(bytes, isYAML: type == "application/yaml").tree
    }

    private static let trees = ["application/json", "application/yaml"]
    private static let deletion = GroupVersionKind(group: "", version: "v1", kind: "DeleteOptions")

    private static let merge = "application/merge-patch+json"
    private static let operations = "application/json-patch+json"
    private static let strategic = "application/strategic-merge-patch+json"
    private static let apply = "application/apply-patch+yaml"

    /// A patch of the kind that the content type names; strategic ones are for the kinds that Kubernetes itself has.
    func patch(_ target: Target, isForced: Bool) async throws -> Patch {
        let common = [Self.operations, Self.merge]
        let accepted =
            target.subresource == Target.scaleDoor
            ? common : target.served.isUpstreamType ? common + [Self.strategic, Self.apply] : common + [Self.apply]
        let type = try mediaType(accepted, isRequired: true)
        let bytes = try await bytes()
        do {
            let tree = try Self.parse(bytes, isYAML: type == Self.apply).tree
            return switch type {
            case Self.merge: .merge(tree)
            case Self.operations: .json(tree)
            case Self.strategic: .strategic(tree)
            default: .apply(tree, force: isForced)
            }
        } catch let error as APIError {
            throw APIError(.badRequest, "error decoding patch: \(error.message)")
        }
    }

    private func mediaType(_ accepted: [String], isRequired: Bool = false) throws(APIError) -> String {
        let header = request.headers[.contentType] ?? ""
        if header.isEmpty, !isRequired { return accepted[0] }
        if accepted.contains(header) { return header }
        guard let type = MediaType(header)?.name, accepted.contains(type) else {
            throw .unsupportedMediaType(accepted: accepted)
        }
        return type
    }

    private func bytes() async throws -> [UInt8] {
        do {
            return try await request.body.collect(Self.limit)
        } catch is RequestBody.TooLarge {
            throw APIError.tooLarge(limit: Self.limit)
        }
    }

    private static func message(_ bytes: [UInt8], _ expected: GroupVersionKind) throws(APIError) -> ParsedJSON {
        do {
            return ParsedJSON(
                tree: try ProtobufBody.tree(
                    bytes, apiVersion: expected.groupVersion.text, kind: expected.kind))
        } catch {
            throw APIError(.badRequest, "error decoding protobuf: \(error)")
        }
    }

    /// YAML that is JSON is read as JSON, which also tells of doubled keys.
    private static func parse(_ bytes: [UInt8], isYAML: Bool) throws -> ParsedJSON {
        do {
            return try JSON.parse(bytes)
        } catch {
            guard isYAML else { throw APIError(.badRequest, "json parse error: \(error)") }
            let text = try YAMLBody.tree(bytes).bytes
            do { return try JSON.parse(text) } catch { throw APIError(.badRequest, "error decoding YAML: \(error)") }
        }
    }
}
