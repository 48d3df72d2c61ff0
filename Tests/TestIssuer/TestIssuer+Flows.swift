// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import HTTPTypes
import JSONTree
import Serving
import Synchronization

extension TestIssuer {
    /// The user agrees at once: back to the client with a code.
    func authorize(_ query: [String: String]) -> Response {
        guard query["response_type"] == "code", query["code_challenge_method"] == "S256",
            query["scope"]?.split(separator: " ").contains("openid") == true, let redirect = query["redirect_uri"],
            let challenge = query["code_challenge"]
        else { return Response(status: .badRequest) }
        let code = keep(Grant(challenge: challenge, nonce: query["nonce"], redirect: redirect))
        let location = "\(redirect)?code=\(code)&state=\(query["state"] ?? "")"
        return Response(status: .found, headers: [.location: location])
    }

    func device(_ form: [String: String]) -> Response {
        let code = keep(Grant())
        return Self.json([
            "device_code": .string(code), "user_code": "ABCD-EFGH", "verification_uri": .string(url + "/activate"),
            "expires_in": 60, "interval": 1,
        ])
    }

    func token(_ form: [String: String]) -> Response {
        switch form["grant_type"] {
        case "authorization_code":
            guard let grant = take(form["code"]), grant.redirect == form["redirect_uri"],
                grant.challenge == Self.challenge(form["code_verifier"] ?? "")
            else { return Self.json(["error": "invalid_grant"], .badRequest) }
            return tokens(nonce: grant.nonce)
        case "refresh_token":
            guard take(form["refresh_token"]) != nil else { return Self.json(["error": "invalid_grant"], .badRequest) }
            return tokens(nonce: nil)
        case "urn:ietf:params:oauth:grant-type:device_code":
            let isPending = state.withLock { state in
                state.behaviour.devicePolls -= 1
                return state.behaviour.devicePolls >= 0
            }
            if isPending { return Self.json(["error": "authorization_pending"], .badRequest) }
            guard take(form["device_code"]) != nil else { return Self.json(["error": "invalid_grant"], .badRequest) }
            return tokens(nonce: nil)
        default: return Self.json(["error": "unsupported_grant_type"], .badRequest)
        }
    }

    private func tokens(nonce: String?) -> Response {
        let nonce = state.withLock(\.behaviour.nonce) ?? nonce
        guard let token = try? token(["nonce": nonce.map(JSON.string) ?? .null]) else {
            return Response(status: .internalServerError)
        }
        return Self.json([
            "id_token": .string(token), "access_token": "opaque", "token_type": "Bearer", "expires_in": 3600,
            "refresh_token": .string(keep(Grant())),
        ])
    }

    private func keep(_ grant: Grant) -> String {
        state.withLock { state in
            state.next += 1
            state.grants["grant-\(state.next)"] = grant
            return "grant-\(state.next)"
        }
    }

    private func take(_ code: String?) -> Grant? { state.withLock { $0.grants.removeValue(forKey: code ?? "") } }

    private static func challenge(_ verifier: String) -> String {
        TestKey.base64URL(Data(SHA256.hash(data: Data(verifier.utf8))))
    }
}
