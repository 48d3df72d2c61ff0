// SPDX-License-Identifier: Apache-2.0

package import Resources
package import Stores

/// Which objects of a kind a list or a watch is about, beyond its scope.
///
/// https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions
package struct ListOptions: Sendable {
    /// How old the answer may be.
    package enum Moment: Hashable, Sendable {
        /// As the newest write left it.
        case latest
        case notOlderThan(Revision)
        case exactly(Revision)
    }

    package var selection: Selection
    /// At most so many items; absent for all.
    package var limit: Int?
    package var continueToken: String?
    package var moment: Moment

    /// A list of everything, as it is now, unless told otherwise.
    package init(
        selection: Selection = .everything, limit: Int? = nil, continueToken: String? = nil, moment: Moment = .latest
    ) {
        self.selection = selection
        self.limit = limit
        self.continueToken = continueToken
        self.moment = moment
    }

    /// Reads a list's query; throws `APIError` for what no list can mean.
    package init(_ query: Query, of kind: ServedResource) throws(APIError) {
        let limit = try query.integer("limit").flatMap { $0 > 0 ? $0 : nil }
        try APIError.check("ListOptions", Self.issues(query))
        let selection = try Selection(query, of: kind)
        let token = query["continue"]
        let revision = try Self.revision(query["resourceVersion"])
        if token != nil, let revision, revision > .zero {
            throw APIError(.badRequest, "specifying resource version is not allowed when using continue")
        }
        let isExact = query["resourceVersionMatch"] == "Exact"
        self.init(
            selection: selection, limit: limit, continueToken: token, moment: Self.moment(revision, isExact: isExact))
    }

    /// What the options of a list say against each other.
    private static func issues(_ query: Query) -> [FieldIssue] {
        let match = "resourceVersionMatch"
        let version = query["resourceVersion"]
        var issues: [FieldIssue] = []
        if let text = query[match] {
            if version == nil {
                issues.append(.forbidden(match, "resourceVersionMatch is forbidden unless resourceVersion is provided"))
            }
            if query["continue"] != nil {
                issues.append(.forbidden(match, "resourceVersionMatch is forbidden when continue is provided"))
            }
            if !["Exact", "NotOlderThan"].contains(text) {
                issues.append(.notSupported(match, text, #""Exact", "NotOlderThan", """#))
            }
            if text == "Exact", version == "0" {
                let message = #"resourceVersionMatch "exact" is forbidden for resourceVersion "0""#
                issues.append(.forbidden(match, message))
            }
        }
        if query["sendInitialEvents"] != nil {
            issues.append(.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"))
        }
        return issues
    }

    static func moment(_ revision: Revision?, isExact: Bool = false) -> Moment {
        guard let revision, revision > .zero else { return .latest }
        return isExact ? .exactly(revision) : .notOlderThan(revision)
    }

    /// A resourceVersion as clients send it: absent, or a whole number from 0.
    static func revision(_ text: String?) throws(APIError) -> Revision? {
        guard let text else { return nil }
        guard let value = Int64(text), value >= 0, text.utf8.first != UInt8(ascii: "+") else {
            throw APIError(
                .badRequest,
                "invalid resource version: resourceVersion: Invalid value: \"\(text.shortened)\": must be a whole number"
            )
        }
        return Revision(value)
    }
}

extension FieldIssue {
    static func forbidden(_ path: String, _ message: String) -> FieldIssue {
        FieldIssue(path: path, reason: .forbidden, message: message)
    }

    /// - Parameter supported: the values that there are, each in quotation marks.
    static func notSupported(_ path: String, _ value: String, _ supported: String) -> FieldIssue {
        FieldIssue(
            path: path, reason: .notSupported, message: "\"\(value.shortened)\": supported values: \(supported)")
    }
}
