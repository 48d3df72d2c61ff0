// SPDX-License-Identifier: Apache-2.0

package import Clients
package import JSONTree
package import Resources

/// What a create, update or patch says about itself.
package struct WriteSettings: Hashable, Sendable {
    /// What becomes of fields that the schema does not know, and of keys that stand twice.
    package enum FieldValidation: String, Hashable, Sendable {
        case ignore = "Ignore"
        case warn = "Warn"
        case strict = "Strict"
    }

    package var isDryRun: Bool
    package var fieldValidation: FieldValidation
    package var fieldManager: String?

    /// A real write that warns of unknown fields, unless told otherwise.
    package init(isDryRun: Bool = false, fieldValidation: FieldValidation = .warn, fieldManager: String? = nil) {
        self.isDryRun = isDryRun
        self.fieldValidation = fieldValidation
        self.fieldManager = fieldManager
    }

    /// Reads a write's query; `kind` names the options in errors: `CreateOptions`.
    ///
    /// Who names no field manager is called after the program: what its user agent has before the first slash.
    package init(_ query: Query, options kind: String, userAgent: String = "") throws(APIError) {
        self.init()
        isDryRun = try Self.isDryRun(query.all("dryRun"), options: kind)
        if let text = query["fieldValidation"] {
            guard let level = FieldValidation(rawValue: text) else {
                throw .option(
                    kind, "fieldValidation", .notSupported,
                    "\"\(text.shortened)\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"")
            }
            fieldValidation = level
        }
        if let name = query["fieldManager"] { try FieldManagerName.check(name, options: kind) }
        fieldManager = query["fieldManager"] ?? FieldManagerName.of(userAgent: userAgent)
    }

    /// Reads a patch's query: an apply must name its field manager, and nothing else can be forced.
    package init(_ query: Query, of patch: Patch, userAgent: String = "") throws(APIError) {
        let kind = "PatchOptions"
        if case .apply = patch {
            guard query["fieldManager"] != nil else {
                throw .option(kind, "fieldManager", .required, "is required for apply patch")
            }
        } else if query.has("force") {
            throw .option(kind, "force", .forbidden, "may not be specified for non-apply patch")
        }
        try self.init(query, options: kind, userAgent: userAgent)
    }

    static func isDryRun(_ values: [String], options kind: String) throws(APIError) -> Bool {
        guard values.allSatisfy({ $0 == "All" }) else {
            let list = values.map { "\"\($0.shortened)\"" }.joined(separator: " ")
            throw .option(kind, "dryRun", .notSupported, "[\(list)]: supported values: \"All\"")
        }
        return !values.isEmpty
    }
}

/// What a deletion says about itself.
package struct DeletionSettings: Hashable, Sendable {
    package var uid: String?
    package var resourceVersion: String?
    /// Absent leaves it to what the object's finalizers say.
    package var propagation: DeleteOptions.Propagation?
    package var isDryRun: Bool

    /// A deletion without conditions, unless told otherwise.
    package init(
        uid: String? = nil, resourceVersion: String? = nil, propagation: DeleteOptions.Propagation? = nil,
        isDryRun: Bool = false
    ) {
        self.uid = uid
        self.resourceVersion = resourceVersion
        self.propagation = propagation
        self.isDryRun = isDryRun
    }

    /// Reads a deletion's body (`DeleteOptions`, absent when nothing was sent) and query; the body wins.
    package init(_ query: Query, body: JSON?) throws(APIError) {
        self.init()
        if let body { try Self.check(body) }
        isDryRun = try WriteSettings.isDryRun(
            body?["dryRun"]?.array?.compactMap(\.string) ?? query.all("dryRun"), options: "DeleteOptions")
        _ = try query.integer("gracePeriodSeconds")
        uid = body?["preconditions"]?["uid"]?.string
        resourceVersion = body?["preconditions"]?["resourceVersion"]?.string
        let policy = body?["propagationPolicy"]?.string ?? query["propagationPolicy"]
        let orphans = body?["orphanDependents"]?.bool ?? query["orphanDependents"].map { $0 == "true" }
        propagation = try Self.propagation(policy, orphans: orphans)
    }

    private static func check(_ body: JSON) throws(APIError) {
        guard body.object != nil else { throw APIError(.badRequest, "the body must be a DeleteOptions object") }
        if let kind = body["kind"]?.string, kind != "DeleteOptions" {
            throw APIError(.badRequest, "the body must be of kind \"DeleteOptions\", is \"\(kind.shortened)\"")
        }
    }

    private static func propagation(
        _ policy: String?, orphans: Bool?
    ) throws(APIError) -> DeleteOptions.Propagation? {
        guard let policy else { return orphans.map { $0 ? .orphan : .background } }
        if orphans != nil {
            throw .option(
                "DeleteOptions", "propagationPolicy", .invalid,
                "\"\(policy.shortened)\": orphanDependents and deletionPropagation cannot be both set")
        }
        guard let propagation = DeleteOptions.Propagation(rawValue: policy) else {
            throw .option(
                "DeleteOptions", "propagationPolicy", .notSupported,
                "\"\(policy.shortened)\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"")
        }
        return propagation
    }
}
