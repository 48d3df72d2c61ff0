// SPDX-License-Identifier: Apache-2.0

extension Schema {
    /// What stands under a name, after the rules of objects and embedded resources; absent when nothing names it.
    package func member(_ name: String) -> Schema? {
        if isEmbeddedResource, let schema = Self.typeMember(name) { return schema }
        return properties.first { $0.name == name }?.schema ?? additionalProperties.first
    }

    /// The named members in their order; an embedded resource has its three first.
    package var namedMembers: [Property] {
        guard isEmbeddedResource else { return properties }
        return Self.typeMembers + properties.filter { Self.typeMember($0.name) == nil }
    }

    private static func typeMember(_ name: String) -> Schema? { typeMembers.first { $0.name == name }?.schema }

    private static let typeMembers: [Property] = [
        Property("apiVersion", .string("Group and version of the kind, as group/version.", maxLength: 317)),
        Property("kind", .string("Name of the kind.", maxLength: 63)),
        Property("metadata", objectMeta),
    ]
}
