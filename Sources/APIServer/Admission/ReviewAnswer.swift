// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import Resources
import Schemas

/// What a webhook answered, checked.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#response
struct ReviewAnswer: Sendable {
    let isAllowed: Bool
    /// Changes of the object in the version that it was shown in; absent for none.
    let patch: JSONPatch?
    let warnings: [String]
    let annotations: [String: String]
    /// The `Status` of a refusal.
    private let status: JSON

    /// An answer that is none, in upstream's words.
    struct Invalid: Error {
        let message: String
    }

    /// Reads a body; throws `Invalid`.
    init(_ body: [UInt8], to uid: String, _ form: Webhook.Form) throws(Invalid) {
        guard let tree = try? JSON(parsing: body) else { throw Invalid(message: "the answer is no JSON") }
        guard let response = tree["response"], response.object != nil else {
            throw Invalid(message: "webhook response was absent")
        }
        let answered = response["uid"]?.string ?? ""
        guard answered == uid else {
            throw Invalid(message: #"expected response.uid="\#(uid)", got "\#(answered.shortened)""#)
        }
        let (version, kind) = (tree["apiVersion"]?.string ?? "", tree["kind"]?.string ?? "")
        guard version == ReviewBody.apiVersion, kind == ReviewBody.kind else {
            throw Invalid(
                message: "expected webhook response of \(ReviewBody.apiVersion), Kind=\(ReviewBody.kind), "
                    + "got \(version.shortened), Kind=\(kind.shortened)")
        }
        isAllowed = response["allowed"]?.bool ?? false
        patch = try Self.patch(response, form)
        warnings = Self.limited((response["warnings"]?.array ?? []).compactMap(\.string))
        annotations = Dictionary(
            (response["auditAnnotations"]?.object?.members ?? []).prefix(64).compactMap { member in
                member.value.string.map { (member.key, String($0.prefix(4096))) }
            }, uniquingKeysWith: { first, _ in first })
        status = response["status"] ?? .null
    }

    private static func patch(_ response: JSON, _ form: Webhook.Form) throws(Invalid) -> JSONPatch? {
        let text = response["patch"]?.string ?? ""
        let type = response["patchType"]?.string
        guard form == .mutating else {
            if !text.isEmpty { throw Invalid(message: "validating webhook may not return response.patch") }
            if type != nil { throw Invalid(message: "validating webhook may not return response.patchType") }
            return nil
        }
        guard !text.isEmpty else {
            if type != nil { throw Invalid(message: "webhook returned response.patchType but not response.patch") }
            return nil
        }
        guard let type else { throw Invalid(message: "webhook returned response.patch but not response.patchType") }
        guard type == "JSONPatch" else {
            throw Invalid(message: #"webhook returned invalid response.patchType of "\#(type.shortened)""#)
        }
        do {
            guard let bytes = Data(base64Encoded: text) else { throw Invalid(message: "response.patch is no base64") }
            let patch = try JSONPatch(tree: JSON(parsing: Array(bytes)))
            return patch.operations.isEmpty ? nil : patch
        } catch let error as Invalid {
            throw error
        } catch {
            throw Invalid(message: "response.patch is no JSON patch")
        }
    }

    /// As many texts as upstream passes on, each no longer than it lets them be.
    private static func limited(_ warnings: [String]) -> [String] {
        warnings.prefix(64).map { String($0.prefix(256)) }
    }
}

extension ReviewAnswer {
    /// What the client hears of a refusal, in upstream's words.
    func refusal(by name: String) -> APIError {
        let denied = #"admission webhook "\#(name)" denied the request"#
        let reason = status["reason"]?.string ?? ""
        let words = status["message"]?.string ?? ""
        let message =
            !words.isEmpty
            ? "\(denied): \(words)" : !reason.isEmpty ? "\(denied): \(reason)" : "\(denied) without explanation"
        let code = status["code"]?.integer ?? 0
        var known = status
        known["status"] = "Failure"
        known["message"] = .string(message)
        known["code"] = .integer((400...599).contains(code) ? code : 400)
        return APIError(tree: known.with(kind: "Status")) ?? .badRequest(message)
    }
}

extension JSON {
    fileprivate func with(kind: String) -> JSON {
        var tree = self
        tree["kind"] = .string(kind)
        return tree
    }
}

/// The body that webhooks are sent.
enum ReviewBody {
    static let apiVersion = "admission.k8s.io/v1"
    static let kind = "AdmissionReview"

    /// A review of a request under a uid.
    static func bytes(_ request: JSON, uid: String) -> [UInt8] {
        let members = [("uid", JSON.string(uid))] + (request.object?.members ?? []).map { ($0.key, $0.value) }
        let tree: JSON = [
            "kind": .string(kind), "apiVersion": .string(apiVersion), "request": .object(JSONObject(members)),
        ]
        return tree.bytes
    }
}
