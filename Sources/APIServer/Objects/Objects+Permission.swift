// SPDX-License-Identifier: Apache-2.0

import Access
package import Resources
import Schemas

extension Objects {
    static let readVerbs: Set<String> = ["get", "list", "watch"]

    /// Throws `APIError.forbidden` unless the user may do it there.
    ///
    /// Whoever belongs to one organization hears the same of any other, whether it exists or not; only who may enter all
    /// learns that one does not.
    func permit(_ verb: String, _ target: Target, to user: UserInfo) async throws {
        try confine(user, to: target.organizations) { target.forbidden(verb, to: user) }
        let decision = await authorizer.decide(target.accessRequest(verb, by: user))
        guard decision.isAllowed else { throw target.forbidden(verb, to: user) }
        try await exists(target.organizations)
        if target.organizations == .everywhere, verb != "list", verb != "watch" {
            throw APIError(
                .methodNotAllowed, "over all organizations there are lists and watches only; name one in the path")
        }
        let isShared = target.kind.tenancy == .shared && target.organizations != .root
        if isShared, !Self.readVerbs.contains(verb) {
            throw target.forbidden(
                because: "the provider shares these objects with every organization; they are written at the root path")
        }
    }

    /// The same for a path that is no resource, such as `/version`.
    package func permit(
        _ verb: String, path: String, in organizations: Scope.Organizations, to user: UserInfo
    ) async throws {
        try await permit(verb, .path(path), in: organizations, to: user) {
            .forbidden(user, verb: verb, path: path.shortened)
        }
    }

    func permit(
        _ verb: String, _ target: AccessRequest.Target, in organizations: Scope.Organizations, to user: UserInfo,
        orThrow refusal: () -> APIError
    ) async throws {
        try confine(user, to: organizations, refusal)
        let request = AccessRequest(user: user, organizations: organizations, verb: verb, target: target)
        guard await authorizer.decide(request).isAllowed else { throw refusal() }
        try await exists(organizations)
    }

    private func confine(
        _ user: UserInfo, to organizations: Scope.Organizations, _ refusal: () -> APIError
    ) throws(APIError) {
        guard let home = user.organization else { return }
        guard organizations == .one(home) else { throw refusal() }
    }

    private func exists(_ organizations: Scope.Organizations) async throws(APIError) {
        guard case .one(let name) = organizations, !name.isEmpty else { return }
        guard await places.organizationExists(name) else {
            throw APIError(.notFound, "organization \"\(name.shortened)\" not found", details: .init(name: name))
        }
    }
}
