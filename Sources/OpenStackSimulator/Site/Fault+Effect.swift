// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension Fault {
    /// The answer of a fault that keeps the operation from happening.
    static func refusal(_ effect: Effect?, _ call: Call, in state: inout SiteState) -> Answer? {
        let service = call.path.split(separator: "/").first.map(String.init) ?? ""
        switch effect {
        case .conflict: return Answer(409, words(service, 409, "conflictingRequest", "the thing is busy"))
        case .tooManyRequests(let delay):
            return Answer(
                429, words(service, 429, "overLimit", "This request was rate-limited."),
                headers: [("Retry-After", String(delay.components.seconds))])
        case .quotaExceeded: return quota(service, call)
        case .expiredToken:
            state.identity.tokens[call.headers["x-auth-token"] ?? ""] = nil
            return Answer(recorded: "\(service).unauthorized")
        default: return nil
        }
    }

    /// What becomes of the answer of an operation that happened; nil when it is lost.
    static func spoil(_ answer: Answer, _ effect: Effect?) -> Answer? {
        switch effect {
        case .lostAnswer: return nil
        case .errorAfterSuccess:
            return Answer(500, ["error": ["code": 500, "message": "An unexpected error occurred.", "title": "Error"]])
        case .partialList(let keep):
            var partial = answer
            for member in answer.body.object?.members ?? [] {
                guard let elements = member.value.array else { continue }
                partial.body[member.key] = member.key.hasSuffix("_links") ? nil : .array(Array(elements.prefix(keep)))
            }
            return partial
        default: return answer
        }
    }

    private static func quota(_ service: String, _ call: Call) -> Answer {
        switch service {
        case "network":
            let noun = call.path.split(separator: "/").last.map { String($0.dropLast()) } ?? "network"
            return Refusal.overQuota(noun.replacing("-", with: "_")).answer
        case "compute": return Answer(recorded: "compute.server.quota")
        default: return Answer(413, words(service, 413, "overLimit", "Quota exceeded"))
        }
    }

    private static func words(_ service: String, _ code: Int64, _ kind: String, _ message: String) -> JSON {
        switch service {
        case "network": ["NeutronError": ["type": "Conflict", "message": .string(message), "detail": ""]]
        case "compute", "volume": [kind: ["code": .integer(code), "message": .string(message)]]
        default: ["error": ["code": .integer(code), "message": .string(message)]]
        }
    }
}
