// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// Who writes, through which door, in which version, and when.
package struct Writer: Hashable, Sendable {
    package var name: String
    /// The version of the request, as `group/version`.
    package var apiVersion: String
    /// The door; empty for the main one.
    package var subresource: String
    /// RFC 3339, in seconds.
    package var time: String

    package init(_ name: String, apiVersion: String, subresource: String = "", time: String) {
        self.name = name
        self.apiVersion = apiVersion
        self.subresource = subresource
        self.time = time
    }

    func manager(_ operation: ManagedFields.Operation) -> ManagedFields.Manager {
        .init(name, operation, apiVersion: apiVersion, subresource: subresource)
    }
}

/// The versions of a kind, as ownership needs them: their shapes, and how an object gets from one to another.
package struct VersionShapes: Sendable {
    /// The shape of objects in a version (`group/version`); absent when the version is served no more.
    package var shape: @Sendable (String) -> Shape?
    /// An object in another version.
    package var convert: @Sendable (_ object: JSON, _ from: String, _ to: String) -> JSON

    package init(
        shape: @escaping @Sendable (String) -> Shape?,
        convert: @escaping @Sendable (_ object: JSON, _ from: String, _ to: String) -> JSON
    ) {
        self.shape = shape
        self.convert = convert
    }

    /// One version only.
    package init(_ apiVersion: String, _ shape: Shape) {
        self.init(shape: { $0 == apiVersion ? shape : nil }, convert: { object, _, _ in object })
    }
}
