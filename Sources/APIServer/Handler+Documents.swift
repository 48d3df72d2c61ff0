// SPDX-License-Identifier: Apache-2.0

import Access
import FoundationEssentials
import HTTPTypes
import JSONTree
import Login
import Resources
import Serving

extension Handler {
    /// Everything that is no resource: discovery, OpenAPI, version, health.
    func document(_ request: Request, _ path: RequestPath, as user: UserInfo) async throws -> Response {
        try await objects.permit("get", path: path.plainPath(request.path), in: path.organizations, to: user)
        guard request.method == .get || request.method == .head else {
            throw APIError.methodNotAllowed
        }
        switch path {
        case .discovery(let organizations, let document):
            let found = try catalog(organizations).discovery.document(document, accept: request.headers[.accept])
            guard let found else { return .pageNotFound }
            return serve(document == .core ? found.naming(server: request.authority) : found, request)
        case .openAPI(let organizations, let version): return openAPI(request, organizations, version)
        case .openAPI2(let organizations):
            return serve(try catalog(organizations).openAPI.whole(accept: request.headers[.accept]), request)
        case .tokenIssuer(let organizations, let document): return tokenIssuer(document, in: organizations)
        case .version: return .json(settings.version.tree)
        case .health(let health, let check):
            return await HealthReport(settings.checks, health, only: check).response(
                isVerbose: try Query(request.query).has("verbose"))
        case .unknown(.root): return settings.pages[request.path]?() ?? .pageNotFound
        case .resource, .unknown: return .pageNotFound
        }
    }

    /// A resource that nobody serves: told only to who might have used it.
    func unknown(_ resource: ResourceRequest, as user: UserInfo) async throws -> Response {
        let type = resource.resource.groupResource
        let place = AccessRequest.Target.resource(
            type, subresource: resource.subresource, namespace: resource.namespace ?? "", name: resource.name)
        try await objects.permit("get", place, in: resource.organizations, to: user) {
            APIError(
                .forbidden,
                "\(type.text.shortened) is forbidden: User \"\(user.name)\" cannot get resource "
                    + "\"\(type.resource.shortened)\" in API group \"\(type.group.shortened)\"")
        }
        return .pageNotFound
    }

    private func tokenIssuer(_ document: RequestPath.TokenIssuer, in organizations: Scope.Organizations) -> Response {
        let organization: String? =
            switch organizations {
            case .one(let name): name
            case .everywhere: nil
            }
        guard let documents = settings.tokenIssuer, let organization else { return .pageNotFound }
        var response = Response.json(
            document == .keys ? documents.keys : documents.configuration(of: organization))
        if document == .keys { response.headers[.contentType] = "application/jwk-set+json" }
        response.headers[.cacheControl] = "public, max-age=3600"
        return response
    }

    private func serve(_ document: Document, _ request: Request) -> Response {
        var headers: HTTPFields = [
            .contentType: document.contentType, .eTag: document.etag, .vary: "Accept",
            .cacheControl: "no-cache, private",
        ]
        guard !document.isKnown(request.headers[.ifNoneMatch]) else {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: .bytes(document.bytes)).compressible
    }

    /// In seconds; a document that is addressed by its hash never changes.
    private static let year: Int64 = 365 * 86_400

    private func openAPI(
        _ request: Request, _ organizations: Scope.Organizations, _ version: GroupVersion?
    ) -> Response {
        let documents = catalog(organizations).openAPI
        guard let version else {
            let prefix = if case .one(let name) = organizations, !name.isEmpty { "/organizations/\(name)" } else { "" }
            return serve(documents.index(prefix: prefix), request)
        }
        guard let document = documents.document(version) else { return Response(status: .notFound) }
        let asked = (try? Query(request.query))?["hash"]
        if let asked, asked != document.hash {
            let location = "\(request.path)?hash=\(document.hash)"
            return Response(status: .movedPermanently, headers: [.location: location])
        }
        var response = serve(document, request)
        if asked != nil {
            response.headers[.cacheControl] = "public, immutable, max-age=\(Self.year)"
            let end = Double(objects.surroundings.seconds + Self.year)
            response.headers[.expires] = HTTPDate.text(of: Date(timeIntervalSince1970: end))
        }
        return response
    }
}

extension RequestPath {
    /// The path as access rules name it: without the organization.
    fileprivate func plainPath(_ path: String) -> String {
        guard organizations != .root else { return path }
        let parts = path.split(separator: "/").dropFirst(2)
        return "/" + parts.joined(separator: "/")
    }
}
