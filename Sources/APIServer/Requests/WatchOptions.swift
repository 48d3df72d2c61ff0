// SPDX-License-Identifier: Apache-2.0

package import Resources
package import Stores

/// What a watch asks for.
package struct WatchOptions: Sendable {
    package var selection: Selection
    /// Absent to begin with every object that is there, as `ADDED`.
    package var after: Revision?
    /// Whether every object that is there comes first, as of `after` or later, then a bookmark that says so.
    ///
    /// Where it is false nothing comes first; absent leaves it to `after`.
    package var sendsInitialEvents: Bool?
    package var wantsBookmarks: Bool
    /// The server ends the watch after so many seconds; absent for the server's own choice.
    package var timeoutSeconds: Int?

    /// A watch of everything from now on, unless told otherwise.
    package init(
        selection: Selection = .everything, after: Revision? = nil, sendsInitialEvents: Bool? = nil,
        wantsBookmarks: Bool = false, timeoutSeconds: Int? = nil
    ) {
        self.selection = selection
        self.after = after
        self.sendsInitialEvents = sendsInitialEvents
        self.wantsBookmarks = wantsBookmarks
        self.timeoutSeconds = timeoutSeconds
    }

    /// Reads a watch's query; throws `APIError`.
    ///
    /// https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists
    package init(_ query: Query, of kind: ServedResource) throws(APIError) {
        let timeout = try query.integer("timeoutSeconds").flatMap { $0 > 0 ? $0 : nil }
        try APIError.check("ListOptions", Self.issues(query))
        let revision = try ListOptions.revision(query["resourceVersion"])
        self.init(
            selection: try Selection(query, of: kind), after: revision.flatMap { $0 == .zero ? nil : $0 },
            sendsInitialEvents: query["sendInitialEvents"].map { !["0", "false"].contains($0.lowercased()) },
            wantsBookmarks: query.flag("allowWatchBookmarks"), timeoutSeconds: timeout)
    }

    /// Whether such a watch looks at every object before it follows what changes.
    static func startsWithList(_ query: Query) -> Bool {
        query.flag("sendInitialEvents") || ["", "0"].contains(query["resourceVersion"] ?? "")
    }

    /// What the options of a watch say against each other.
    private static func issues(_ query: Query) -> [FieldIssue] {
        let field = "resourceVersionMatch"
        let match = query[field]
        let isStreaming = query["sendInitialEvents"] != nil
        var issues: [FieldIssue] = []
        if isStreaming, match != "NotOlderThan" {
            let message = "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"
            issues.append(.forbidden(field, message))
        }
        guard let match else { return issues }
        if !isStreaming {
            let message = "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"
            issues.append(.forbidden(field, message))
        }
        if match != "NotOlderThan" { issues.append(.notSupported(field, match, #""NotOlderThan""#)) }
        return issues
    }
}
