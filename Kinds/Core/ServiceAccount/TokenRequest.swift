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
        let account = ServiceAccountReference(
            organization: request.object.organization, namespace: metadata.namespace, name: metadata.name,
            uid: metadata.uid ?? "")
        let (token, expires) = try await tokens.issue(for: account, audiences: audiences, lifetime: lifetime)
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
        if let bound = spec?["boundObjectRef"], !bound.isNull {
            issues.append(
                FieldIssue(
                    path: "spec.boundObjectRef", reason: .notSupported,
                    message: "tokens are bound to their service account only; leave it out"))
        }
        return issues
    }
}
