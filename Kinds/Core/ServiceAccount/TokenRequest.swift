// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Login
import Resources
import Schemas

/// Asks for a token of a service account, as `kubectl create token` does.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/
enum TokenRequest {
    static let kind = GroupVersionKind(group: "authentication.k8s.io", version: "v1", kind: "TokenRequest")
    private static let defaultLifetime: Int64 = 3600

    /// The request with its status: the token and its end.
    static func answer(_ request: ActionRequest, tokens: ServiceAccountTokens) async throws -> JSON {
        let spec = request.body["spec"]
        let audiences = spec?["audiences"]?.array?.compactMap(\.string) ?? []
        let lifetime = spec?["expirationSeconds"]?.integer ?? defaultLifetime
        let issues = issues(spec, audiences: audiences, lifetime: lifetime)
        let metadata = request.object.metadata
        guard issues.isEmpty else {
            throw APIError.invalid(group: kind.group, kind: kind.kind, name: metadata.name, issues)
        }
        let secret = try await boundSecret(spec?["boundObjectRef"], request)
        let account = ServiceAccountReference(
            organization: request.object.organization, namespace: metadata.namespace, name: metadata.name,
            uid: metadata.uid ?? "")
        let (token, expires) = try await tokens.issue(
            for: account, audiences: audiences, lifetime: lifetime, boundTo: secret)
        var answer = request.body
        answer["apiVersion"] = .string(kind.groupVersion.text)
        answer["kind"] = .string(kind.kind)
        answer["metadata"] = ["name": .string(metadata.name), "namespace": .string(metadata.namespace)]
        var granted = spec ?? .object(JSONObject())
        granted["audiences"] = .array((audiences.isEmpty ? [tokens.issuer] : audiences).map(JSON.string))
        granted["expirationSeconds"] = .integer(min(lifetime, ServiceAccountTokens.longest))
        answer["spec"] = granted
        answer["status"] = ["token": .string(token), "expirationTimestamp": .string(Timestamp(seconds: expires).text)]
        return answer
    }

    private static func issues(_ spec: JSON?, audiences: [String], lifetime: Int64) -> [FieldIssue] {
        var issues: [FieldIssue] = []
        if audiences.count > 32 {
            issues.append(
                FieldIssue(
                    path: "spec.audiences", reason: .tooMany, message: "must be at most 32, are \(audiences.count)"))
        }
        if lifetime < ServiceAccountTokens.shortest {
            issues.append(
                FieldIssue(
                    path: "spec.expirationSeconds",
                    message: "must be at least \(ServiceAccountTokens.shortest), is \(lifetime)"))
        }
        if lifetime > 1 << 32 {
            issues.append(
                FieldIssue(
                    path: "spec.expirationSeconds", reason: .tooLong, message: "must be at most 2^32, is \(lifetime)"))
        }
        return issues
    }

    /// The Secret that the token shall die with, as it is now.
    private static func boundSecret(_ reference: JSON?, _ request: ActionRequest) async throws -> BoundSecret? {
        guard let reference, !reference.isNull else { return nil }
        let metadata = request.object.metadata
        let kind = reference["kind"]?.string ?? ""
        guard kind == "Secret", ["v1", ""].contains(reference["apiVersion"]?.string ?? "") else {
            throw APIError(
                .badRequest,
                "cannot bind token for serviceaccount \"\(metadata.name)\" to object type \"\(kind)\"; only to a Secret"
            )
        }
        let name = reference["name"]?.string ?? ""
        let key = ObjectKey(organization: request.object.organization, namespace: metadata.namespace, name: name)
        guard !name.isEmpty, let secret = try await request.objects.object(Secret.type, key), !secret.isDeleting,
            let uid = secret.metadata.uid
        else { throw APIError(.notFound, "secrets \"\(name)\" not found") }
        if let asked = reference["uid"]?.string, !asked.isEmpty, asked != uid {
            throw APIError(
                .conflict,
                "the UID in the bound object reference (\(asked)) does not match the UID in record. "
                    + "The object might have been deleted and then recreated")
        }
        return BoundSecret(name: name, uid: uid)
    }
}
