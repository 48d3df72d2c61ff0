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
        let selection = try Selection(query, of: kind)
        let limit = try query.integer("limit").flatMap { $0 > 0 ? $0 : nil }
        let token = query["continue"]
        let revision = try Self.revision(query["resourceVersion"])
        if token != nil, let revision, revision > .zero {
            throw APIError(.badRequest, "specifying resource version is not allowed when using continue")
        }
        if query["sendInitialEvents"] != nil {
            throw .option("ListOptions", "sendInitialEvents", .forbidden, "sendInitialEvents is forbidden for list")
        }
        let moment = try Self.moment(revision, match: query["resourceVersionMatch"])
        self.init(selection: selection, limit: limit, continueToken: token, moment: moment)
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

    private static func moment(_ revision: Revision?, match: String?) throws(APIError) -> Moment {
        guard let match else { return revision.map { $0 == .zero ? .latest : .notOlderThan($0) } ?? .latest }
        let field = "resourceVersionMatch"
        guard let revision else {
            throw .option(
                "ListOptions", field, .forbidden,
                "resourceVersionMatch is forbidden unless resourceVersion is provided")
        }
        switch match {
        case "NotOlderThan": return revision == .zero ? .latest : .notOlderThan(revision)
        case "Exact" where revision == .zero:
            throw .option(
                "ListOptions", field, .forbidden,
                "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"")
        case "Exact": return .exactly(revision)
        default:
            throw .option(
                "ListOptions", field, .notSupported,
                "\"\(match.shortened)\": supported values: \"Exact\", \"NotOlderThan\", \"\"")
        }
    }
}

/// What a watch asks for.
package struct WatchOptions: Sendable {
    package var selection: Selection
    /// Absent to begin with every object that is there, as `ADDED`.
    package var after: Revision?
    package var wantsBookmarks: Bool
    /// The server ends the watch after so many seconds; absent for the server's own choice.
    package var timeoutSeconds: Int?

    /// A watch of everything from now on, unless told otherwise.
    package init(
        selection: Selection = .everything, after: Revision? = nil, wantsBookmarks: Bool = false,
        timeoutSeconds: Int? = nil
    ) {
        self.selection = selection
        self.after = after
        self.wantsBookmarks = wantsBookmarks
        self.timeoutSeconds = timeoutSeconds
    }

    /// Reads a watch's query; throws `APIError`.
    ///
    /// A streaming list is refused, too: clients then list and watch.
    package init(_ query: Query, of kind: ServedResource) throws(APIError) {
        if query["sendInitialEvents"] != nil {
            throw .option(
                "ListOptions", "sendInitialEvents", .forbidden,
                "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled")
        }
        if query["resourceVersionMatch"] != nil {
            throw .option(
                "ListOptions", "resourceVersionMatch", .forbidden,
                "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")
        }
        let revision = try ListOptions.revision(query["resourceVersion"])
        self.init(
            selection: try Selection(query, of: kind), after: revision.flatMap { $0 == .zero ? nil : $0 },
            wantsBookmarks: query.flag("allowWatchBookmarks"),
            timeoutSeconds: try query.integer("timeoutSeconds").flatMap { $0 > 0 ? $0 : nil })
    }
}
