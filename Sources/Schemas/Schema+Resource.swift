// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension Schema {
    /// The whole object of a kind: `apiVersion`, `kind`, `metadata`, and what is its own.
    ///
    /// - Parameter isSpecRequired: refuses an object without a spec; a kind whose spec may be empty says false.
    package static func resource(
        _ description: String = "", spec: Schema? = nil, status: Schema? = nil, isSpecRequired: Bool = true
    ) -> Schema {
        let own = [spec.map { Property("spec", $0) }, status.map { Property("status", $0) }].compactMap(\.self)
        return resource(description, own, required: spec != nil && isSpecRequired ? ["spec"] : [])
    }

    /// The whole object of a kind that has members other than a spec and a status, as a Secret has.
    package static func resource(_ description: String = "", _ own: [Property], required: [String] = []) -> Schema {
        var schema = Schema.object(description, own, required: required)
        schema.isEmbeddedResource = true
        return schema
    }

    /// `status.conditions`: one entry a type.
    ///
    /// https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md
    package static let conditions = Schema.array(
        "How it is, a line for each aspect.", of: condition, maxItems: 32, listType: .map(keys: ["type"]))

    private static let condition = Schema.object(
        "One line of an object's health.",
        [
            Property("type", .string("Aspect in CamelCase, such as Ready.", maxLength: 316, minLength: 1)),
            Property("status", .word("Whether the aspect holds.", of: ["True", "False", "Unknown"])),
            Property("reason", .string("Why, as one CamelCase word.", maxLength: 1024)),
            Property("message", .string("Why, in a sentence.", maxLength: 32768)),
            Property(
                "observedGeneration", .integer("The metadata.generation that this line is about.", in: 0...Int64.max)),
            Property(
                "lastTransitionTime", .string("When status last changed.", maxLength: 64, format: "date-time")),
        ], required: ["type", "status", "lastTransitionTime"])

    /// `status.conditions` of a kind of upstream's, which anybody with the right may write and nobody checks.
    package static let looseConditions: Schema = {
        var condition = Schema.condition
        condition.required = []
        condition.properties = condition.properties.map { property in
            var property = property
            switch property.name {
            case "type", "status": property.schema = string(property.schema.description, maxLength: 316, default: "")
            case "lastTransitionTime": property.schema.isNullable = true
            default: break
            }
            return property
        }
        return array(
            conditions.description, of: condition, maxItems: 32, listType: .map(keys: ["type"]))
    }()

    /// `metadata` of an object; what is right in it beyond the types, `MetadataRules` knows.
    ///
    /// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
    package static let objectMeta = Schema.object(
        "Name, labels and other data that every object has.",
        [
            .text("name", "Unique in its namespace and kind; cannot change."),
            .text("generateName", "Prefix of a name that the server completes, when name is absent."),
            .text("namespace", "The space within which name is unique; cannot change."),
            .text("uid", "Unique in time and space; set by the server."),
            .text("resourceVersion", "Changes with every write; opaque."),
            Property("generation", whole("Counts edits of the spec; set by the server.")),
            .text("creationTimestamp", "When it was created; set by the server.", format: "date-time"),
            .text("deletionTimestamp", "When its deletion was asked for; set by the server.", format: "date-time"),
            Property("deletionGracePeriodSeconds", whole("Seconds until it may be gone after deletionTimestamp.")),
            Property("labels", texts("Key and value pairs to select objects by.")),
            Property("annotations", texts("Key and value pairs for tools; not to select by.")),
            Property("ownerReferences", list(of: ownerReference, .map(keys: ["uid"]), "Objects that it belongs to.")),
            Property("finalizers", list(of: Schema(.string), .set, "Who must clean up before it is gone.")),
            Property("managedFields", list(of: managedFields, .atomic, "Who manages which fields; for tools.")),
            .text("selfLink", "No longer used."),
        ])

    private static let ownerReference: Schema = {
        var schema = ownerReferenceMembers
        schema.isAtomicMap = true
        return schema
    }()

    private static let ownerReferenceMembers = Schema.object(
        "An object that this one belongs to.",
        [
            .text("apiVersion", "Group and version of the owner's kind."),
            .text("kind", "Kind of the owner."),
            .text("name", "Name of the owner."),
            .text("uid", "UID of the owner."),
            Property("controller", .boolean("Whether the owner manages this object.")),
            Property(
                "blockOwnerDeletion", .boolean("Whether a foreground deletion of the owner waits for this object.")),
        ], required: ["apiVersion", "kind", "name", "uid"])

    private static let managedFields = Schema.object(
        "Fields that one manager manages.",
        [
            .text("manager", "Name of the manager."),
            .text("operation", "How it wrote them: Apply or Update."),
            .text("apiVersion", "Version that the fields are written in."),
            .text("time", "When it last wrote them.", format: "date-time"),
            .text("fieldsType", "Form of fieldsV1."),
            Property("fieldsV1", .open("The fields as a tree.")),
            .text("subresource", "Door that it wrote through."),
        ])

    private static func whole(_ description: String) -> Schema {
        var schema = Schema(.integer)
        schema.description = description
        schema.format = "int64"
        return schema
    }

    private static func texts(_ description: String) -> Schema {
        var schema = Schema(.object)
        schema.description = description
        schema.additionalProperties = [Schema(.string)]
        return schema
    }

    private static func list(of items: Schema, _ type: ListType, _ description: String) -> Schema {
        var schema = Schema(.array)
        schema.description = description
        schema.items = [items]
        schema.listType = type
        return schema
    }
}

extension Schema.Property {
    /// A text of metadata, whose limits `MetadataRules` holds.
    fileprivate static func text(_ name: String, _ description: String, format: String? = nil) -> Self {
        var schema = Schema(.string)
        schema.description = description
        schema.format = format
        return Self(name, schema)
    }
}
