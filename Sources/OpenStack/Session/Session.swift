// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import RESTClient

/// One credential at one site in one scope: makes calls, with a token that is renewed as needed.
package final class Session: Sendable {
    package let site: SiteConnection
    package let scope: AuthScope
    private let tokens: TokenSource<AnyClock>

    package init(
        _ site: SiteConnection, credential: Credential, scope: AuthScope,
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        self.site = site
        self.scope = scope
        tokens = TokenSource(clock: AnyClock(clock)) {
            try await Self.authenticate(site, credential: credential, scope: scope)
        }
    }

    /// The token in use: whose it is, its project, roles and catalog.
    package func token() async throws -> Token { try await tokens.token() }

    /// Makes a call and returns the answer when it is a success; every failure is an `OpenStackError`, cancellation apart.
    package func send(_ call: Call) async throws -> Answer {
        guard call.path.isValid else {
            throw OpenStackError(.badCall, call, said: "an id in the path is empty")
        }
        return try await withToken { token in try checked(try await exchange(call, token), call) }
    }

    /// Runs the body with the token in use, and once more with a new one when a service refuses it.
    private func withToken<Value>(_ body: (Token) async throws -> Value) async throws -> Value {
        let token = try await tokens.token()
        do {
            return try await body(token)
        } catch let error as OpenStackError where error.code == .unauthorized {
            // Refused before anything was done, so also what is not idempotent goes again; once.
            tokens.refuse(token)
            return try await body(try await tokens.token())
        }
    }

    private func checked(_ answer: RESTResponse, _ call: Call) throws -> Answer {
        if answer.status == 406 { site.forgetMicroversion(of: call.service) }
        guard (200..<300).contains(answer.status) else { throw OpenStackError(answer, call) }
        return Answer(call: call, response: answer)
    }

    private func exchange(_ call: Call, _ token: Token) async throws -> RESTResponse {
        let address = try address(of: call.service, token, for: call)
        var headers: HTTPFields = [.accept: "application/json"]
        if let version = call.apiVersion {
            headers[.apiVersion] = version
        } else if let version = try await microversion(of: call.service, address, token, for: call) {
            headers[.apiVersion] = "\(call.service.name) \(version)"
        }
        return try await site.send(call, to: address.base, headers: headers, token: token)
    }

    private func address(of service: ServiceType, _ token: Token, for call: Call) throws -> ServiceAddress {
        guard let address = site.address(of: service, in: token.catalog) else {
            let region = site.region.map { " in region \($0)" } ?? ""
            let said = "the catalog has no \(site.interface.rawValue) endpoint for \(service.name)\(region)"
            throw OpenStackError(.unsupported, call, said: said)
        }
        return address
    }

    /// The version that the header asks for, learned at the first call; absent for services without microversions.
    private func microversion(
        of service: ServiceType, _ address: ServiceAddress, _ token: Token, for call: Call
    ) async throws -> Microversion? {
        guard let known = service.microversions else { return nil }
        if let learned = site.microversion(of: service) { return learned }
        let offered = try await versions(of: service, address, token).compactMap(\.maximum).max()
        guard let offered, offered >= known.lowerBound else {
            let said =
                "the site offers \(offered?.description ?? "no microversion"), at least \(known.lowerBound) is needed"
            throw OpenStackError(.unsupported, call, said: said)
        }
        let version = min(offered, known.upperBound)
        site.learn(version, of: service)
        return version
    }
}

extension Session {
    /// The versions of a service's API that the site has.
    package func versions(of service: ServiceType) async throws -> [APIVersion] {
        let call = Call("list versions", service, .get, "/")
        return try await withToken { token in
            try await versions(of: service, try address(of: service, token, for: call), token)
        }
    }

    /// Services with microversions describe themselves at their version's address, the others list versions at their root.
    private func versions(
        of service: ServiceType, _ address: ServiceAddress, _ token: Token
    ) async throws -> [APIVersion] {
        let call = Call("list versions", service, .get, "/")
        let isSelfDescribing = service.microversions != nil || service == .identity
        let base = isSelfDescribing ? address.versioned : String(address.root.dropLast())
        let answer = try await site.send(call, to: base, headers: [.accept: "application/json"], token: token)
        // 300: "there are several", with the same body.
        guard answer.status == 200 || answer.status == 300 else { throw OpenStackError(answer, call) }
        return try APIVersion.list(Answer(call: call, response: answer).tree)
    }

    /// Asks Keystone for a token: `POST /v3/auth/tokens`.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#password-authentication-with-scoped-authorization
    private static func authenticate(
        _ site: SiteConnection, credential: Credential, scope: AuthScope
    ) async throws -> Token {
        var auth: JSON = ["identity": credential.tree]
        if credential.takesScope, let scope = scope.tree { auth["scope"] = scope }
        var call = Call("authenticate", .identity, .post, "/auth/tokens", body: ["auth": auth], isIdempotent: true)
        call.secrets = [credential.secret]
        let answer = try await site.send(call, to: site.authURL, headers: [.accept: "application/json"], token: nil)
        guard answer.status == 201 || answer.status == 200 else { throw OpenStackError(answer, call) }
        guard let token = Token(answer) else {
            throw OpenStackError(.unexpectedAnswer, call, status: answer.status, said: "the answer holds no token")
        }
        return token
    }
}

extension SiteConnection {
    /// One exchange; throws an `OpenStackError` when no answer came.
    func send(_ call: Call, to base: String, headers: HTTPFields, token: Token?) async throws -> RESTResponse {
        var headers = headers
        if let token { headers[.authToken] = token.secret.text }
        let body = call.body?.bytes ?? []
        if !body.isEmpty { headers[.contentType] = "application/json" }
        let request = RESTRequest(
            call.method.http, base + call.path.text + call.query.text, headers: headers, body: body,
            deadline: call.deadline, isIdempotent: call.isIdempotent)
        do {
            return try await transport.send(request)
        } catch let error as RESTError {
            throw OpenStackError(error, call)
        }
    }
}

extension Call.Method {
    fileprivate var http: HTTPRequest.Method {
        switch self {
        case .get: .get
        case .post: .post
        case .put: .put
        case .patch: .patch
        case .delete: .delete
        }
    }
}

extension HTTPField.Name {
    fileprivate static let authToken = HTTPField.Name.known("X-Auth-Token")
    fileprivate static let apiVersion = HTTPField.Name.known("OpenStack-API-Version")

    private static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is not a header's name") }
        return name
    }
}
