// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import Merging
package import Resources
import Schemas
import Stores

extension Objects {
    /// Acts on one object through a door of its kind (`POST …/NAME/ACTION`); throws `notFound` for an unknown door.
    package func act(_ target: Target, _ body: JSON, by user: UserInfo) async throws -> JSON {
        try await permit("create", target, to: user)
        guard let action = target.kind.actions.first(where: { $0.name == target.subresource }) else {
            throw target.notFound(target.name ?? "")
        }
        let stored = try await present(target)
        let organization = if case .one(let name) = target.organizations { name } else { "" }
        let object = Object(try target.served.tree(stored), organization: organization)
        let body = try await reviewed(body, old: nil, action.kind, target, isDryRun: false, by: user)
        return try await action.perform(ActionRequest(object: object, body: body, user: user, objects: reader))
    }

    /// The answer of a kind that keeps nothing.
    func answered(
        _ tree: JSON, _ target: Target, _ settings: WriteSettings, by user: UserInfo, warnings: [String],
        _ answer: @Sendable (AnswerRequest) async throws -> Object
    ) async throws -> Written {
        let stored = target.served.toStorage(tree)
        let organization = if case .one(let name) = target.organizations { name } else { "" }
        let object = Object(stored, organization: organization)
        let issues = target.served.version.schema.issues(in: tree, at: "") + target.kind.issues(object, nil)
        guard issues.isEmpty else { throw target.invalid(issues, name: object.metadata.name) }
        let reply = try await answer(AnswerRequest(object: object, user: user, objects: reader))
        let books = ownership(target, settings).updated(live: nil, new: tree)
        let shown = StoredObject(
            target.served.fromStorage(reply.tree).with(books), version: target.served.version.name)
        let key = try target.key(object.metadata.name)
        return Written(Stored(key: key, object: shown, revision: .zero), isCreated: true, warnings: warnings)
    }
}
