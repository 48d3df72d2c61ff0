// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
package import Login
package import Resources
import Schemas
package import Serving

/// The Kubernetes API over HTTP: finds out who asks for what, lets the engine do it, and words the answer.
package struct Handler: RequestHandler {
    let objects: Objects
    let catalog: Catalog.Source
    let auditor: Auditor
    let settings: HandlerSettings
    let shared = SharedEvents()
    private let authenticator: any Authenticator

    /// A face on an engine; `authenticator` says who asks, and who has shown nothing may ask for health and version only.
    package init(
        objects: Objects, catalog: @escaping Catalog.Source, authenticator: any Authenticator, auditor: Auditor,
        settings: HandlerSettings
    ) {
        self.objects = objects
        self.catalog = catalog
        self.authenticator = authenticator
        self.auditor = auditor
        self.settings = settings
    }

    /// Answers any request; what goes wrong becomes a `Status`.
    package func respond(to request: Request) async -> Response {
        let path = RequestPath(request.path)
        var answer: Answer
        do {
            let user = try await authenticator.authenticate(credentials(of: request, path))
            answer = try await respond(to: request, path, as: user)
        } catch {
            answer = .error(error, verb: request.method.rawValue.lowercased())
        }
        if !request.id.isEmpty { answer.response.headers[.auditID] = request.id }
        if request.method == .head { answer.response.body = .bytes([]) }
        settings.finished(answer.outcome)
        return answer.response
    }

    private func credentials(of request: Request, _ path: RequestPath) -> Credentials {
        let organization = if case .one(let name) = path.organizations { name } else { "" }
        let header = request.headers[.authorization] ?? ""
        let isBearer = header.lowercased().hasPrefix("bearer ")
        // Another scheme is shown, and is no good: an empty token says so.
        let token: String? = isBearer ? String(header.dropFirst(7)) : header.isEmpty ? nil : ""
        return Credentials(bearerToken: token, certificate: request.peerCertificate, organization: organization)
    }

    private func respond(to request: Request, _ path: RequestPath, as user: UserInfo?) async throws -> Answer {
        let isPublic = path.isPublic
        guard let sender = user ?? (isPublic ? .anonymous : nil) else {
            throw APIError(.unauthorized, "Unauthorized")
        }
        let user = try await actor(request, sender, in: path.organizations)
        guard case .resource(let resource) = path else {
            let admission = isPublic ? nil : try await admit("get", of: user, within: RequestTimeout.longest)
            var response = try await document(request, path, as: user)
            response.body = admission?.held(over: response.body) ?? response.body
            return Answer(response, verb: "get")
        }
        guard let served = catalog(resource.organizations).kind(resource.resource),
            // A rule of one namespace must not reach what lives in none.
            served.kind.isNamespaced || resource.namespace == nil || resource.isAboutNamespace
        else {
            return Answer(try await unknown(resource, as: user), verb: "get")
        }
        if request.method == .post, served.kind.isNamespaced, resource.namespace == nil {
            guard served.kind.origin == .builtIn else {
                return Answer(try await unknown(resource, as: user), verb: "create")
            }
            throw APIError.methodNotAllowed
        }
        let target = Target(
            served, in: resource.organizations, namespace: resource.namespace, name: resource.name,
            subresource: resource.subresource)
        return await ObjectExchange(handler: self, request: request, target: target, sender: sender, user: user)
            .answer(isWatchPath: resource.isWatch)
    }
}

/// What a handler is told by the assembly.
package struct HandlerSettings: Sendable {
    package var version: VersionInfo
    package var checks: [HealthCheck]
    /// What else the root path has, for those who may `get` it: answers by their path.
    package var pages: [String: @Sendable () -> Response]
    /// Told to programs that check service-account tokens by themselves; absent when nobody issues any.
    package var tokenIssuer: IssuerDocuments?
    package var clock: any Clock<Duration>
    /// How long a watch lasts when the client does not say.
    package var watchTimeout: @Sendable () -> Duration
    /// What ends requests that take too long, watches excepted; without it they take as long as they take.
    package var deadlines: RequestDeadlines?
    /// How many requests may work and wait.
    package var fairness: Fairness
    /// Hears of every answer, for metrics and the log.
    package var finished: @Sendable (RequestOutcome) -> Void

    /// Settings; the default lets a watch last half an hour to an hour, as upstream does.
    package init(
        version: VersionInfo = VersionInfo(), checks: [HealthCheck] = [],
        pages: [String: @Sendable () -> Response] = [:], tokenIssuer: IssuerDocuments? = nil,
        clock: any Clock<Duration>,
        watchTimeout: @escaping @Sendable () -> Duration = { .seconds(Int64.random(in: 1800...3600)) },
        deadlines: RequestDeadlines? = nil, fairness: Fairness = Fairness(),
        finished: @escaping @Sendable (RequestOutcome) -> Void = { _ in }
    ) {
        self.version = version
        self.checks = checks
        self.pages = pages
        self.tokenIssuer = tokenIssuer
        self.clock = clock
        self.watchTimeout = watchTimeout
        self.deadlines = deadlines
        self.fairness = fairness
        self.finished = finished
    }
}

/// What became of a request: few enough values for metric labels.
package struct RequestOutcome: Sendable {
    package var verb: String
    /// Absent for what is no resource.
    package var resource: GroupResource?
    package var code: Int
    /// For the operator's log: what an internal error was.
    package var error: (any Error)?
}

/// An answer with what is told of it.
struct Answer {
    var response: Response
    var outcome: RequestOutcome

    init(_ response: Response, verb: String, resource: GroupResource? = nil, error: (any Error)? = nil) {
        self.response = response
        outcome = RequestOutcome(verb: verb, resource: resource, code: response.status.code, error: error)
    }

    static func error(_ error: any Error, verb: String, resource: GroupResource? = nil) -> Answer {
        let known = APIError(error)
        return Answer(.error(known), verb: verb, resource: resource, error: known.underlying)
    }
}

extension UserInfo {
    /// Who has shown nothing.
    static let anonymous = UserInfo(name: "system:anonymous", groups: ["system:unauthenticated"])
}

extension RequestPath {
    /// Whether who has shown nothing may ask at all; the authorizer still decides.
    fileprivate var isPublic: Bool {
        switch self {
        case .health, .version, .tokenIssuer: true
        default: false
        }
    }

    var organizations: Scope.Organizations {
        switch self {
        case .resource(let request): request.organizations
        case .discovery(let organizations, _), .openAPI(let organizations, _), .openAPI2(let organizations),
            .version(let organizations), .tokenIssuer(let organizations, _),
            .unknown(let organizations):
            organizations
        case .health: .root
        }
    }
}
