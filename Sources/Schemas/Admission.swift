// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Resources

/// A write on its way in, after schema and issues were found good.
package struct AdmissionRequest: Sendable {
    package enum Operation: Hashable, Sendable { case create, update, delete }

    package var operation: Operation
    /// The object as it would be stored; on deletion the one that is there.
    package var object: Object
    /// What is there now; absent on creation.
    package var old: Object?
    package var user: UserInfo
    /// `status` or another door; absent for the main one.
    package var subresource: String?
    package var isDryRun: Bool
    package var objects: any ObjectReader

    package init(
        operation: Operation, object: Object, old: Object? = nil, user: UserInfo, subresource: String? = nil,
        isDryRun: Bool = false, objects: any ObjectReader
    ) {
        self.operation = operation
        self.object = object
        self.old = old
        self.user = user
        self.subresource = subresource
        self.isDryRun = isDryRun
        self.objects = objects
    }
}

/// A request to a kind that is only answered.
package struct AnswerRequest: Sendable {
    package var object: Object
    package var user: UserInfo
    package var objects: any ObjectReader

    package init(object: Object, user: UserInfo, objects: any ObjectReader) {
        self.object = object
        self.user = user
        self.objects = objects
    }
}

/// A door beside an object that does something: `POST …/serviceaccounts/NAME/token`.
package struct Action: Sendable {
    /// The last word of the path.
    package var name: String
    /// What the body is; discovery shows it.
    package var kind: GroupVersionKind
    package var perform: @Sendable (ActionRequest) async throws -> JSON

    package init(
        name: String, kind: GroupVersionKind, perform: @escaping @Sendable (ActionRequest) async throws -> JSON
    ) {
        self.name = name
        self.kind = kind
        self.perform = perform
    }
}

/// A call of an action on one object.
package struct ActionRequest: Sendable {
    package var object: Object
    package var body: JSON
    package var user: UserInfo
    package var objects: any ObjectReader

    package init(object: Object, body: JSON, user: UserInfo, objects: any ObjectReader) {
        self.object = object
        self.body = body
        self.user = user
        self.objects = objects
    }
}
