// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Serving
import Stores

/// The body of a list, a table or a single object: a head, the items one after the other, a tail.
struct ListBody: Sendable {
    /// In bytes: a body above it is sent in pieces of this size, each when the connection can take it.
    static let chunk = 256 << 10

    private let presenter: Presenter
    private let items: [Stored]
    private let head: [UInt8]
    private let tail: [UInt8]

    /// A page of a list, or of a table.
    init(_ page: ObjectPage, _ presenter: Presenter) throws {
        self.presenter = presenter
        items = page.items
        switch presenter.form {
        case .objects:
            head = Self.listHead(presenter.served.listHead, page, saysEnd: presenter.served.kind.origin != .builtIn)
        case .metadata:
            throw APIError(.notAcceptable, "you requested PartialObjectMetadata, but the requested object is a list")
        case .metadataList:
            let start =
                #"{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":""#
            head = Self.listHead(Array(start.utf8), page)
        case .table(let version): head = TableHead(presenter.served, version).bytes(page)
        }
        tail = Array("]}".utf8)
    }

    /// One object alone.
    init(_ stored: Stored, _ presenter: Presenter) throws {
        self.presenter = presenter
        items = [stored]
        switch presenter.form {
        case .objects, .metadata: (head, tail) = ([], [])
        case .metadataList:
            throw APIError(
                .notAcceptable, "you requested PartialObjectMetadataList, but the requested object is no list")
        case .table(let version):
            head = TableHead(presenter.served, version).bytes(ObjectPage(items: [], revision: stored.revision))
            tail = Array("]}".utf8)
        }
    }

    /// - Parameter saysEnd: whether a last page has an empty `continue`, as upstream's lists of custom kinds do.
    private static func listHead(_ start: [UInt8], _ page: ObjectPage, saysEnd: Bool = false) -> [UInt8] {
        var head = start
        head.append(contentsOf: "\(page.revision.value)\"".utf8)
        if saysEnd, page.continueToken == nil { head.append(contentsOf: #","continue":"""#.utf8) }
        head.append(contentsOf: page.moreMembers.utf8)
        head.append(contentsOf: #"},"items":["#.utf8)
        return head
    }

    /// All of it at once when it is small or wanted so, else a stream.
    func body(isWhole: Bool = false) throws -> Response.Body {
        let size = items.reduce(head.count) { $0 + $1.object.tail.count + 128 }
        guard size > Self.chunk, !isWhole else {
            var output: [UInt8] = []
            output.reserveCapacity(size)
            output.append(contentsOf: head)
            try append(items[...], to: &output)
            output.append(contentsOf: tail)
            return .bytes(output)
        }
        return .stream { writer in try await LongWork.run { try await send(to: writer) } }
    }

    private func append(_ part: ArraySlice<Stored>, to output: inout [UInt8]) throws {
        for index in part.indices {
            if index > items.startIndex { output.append(UInt8(ascii: ",")) }
            try presenter.append(items[index], to: &output)
        }
    }

    private func send(to writer: any ResponseWriter) async throws {
        var output = head
        output.reserveCapacity(Self.chunk + 4096)
        for index in items.indices {
            try append(items[index...index], to: &output)
            guard output.count >= Self.chunk else { continue }
            try await writer.write(output)
            output.removeAll(keepingCapacity: true)
        }
        output.append(contentsOf: tail)
        try await writer.write(output)
    }
}

extension ObjectPage {
    /// The list metadata behind the resourceVersion, with a comma before each member.
    var moreMembers: String {
        var text = ""
        if let continueToken { text += #","continue":"\#(continueToken.text)""# }
        if let remaining { text += #","remainingItemCount":\#(remaining)"# }
        return text
    }
}

/// What stands before the rows of a table.
struct TableHead {
    private let apiVersion: String
    private let columns: JSON

    init(_ served: ServedResource, _ version: String) {
        apiVersion = "meta.k8s.io/\(version)"
        columns = served.version.columnDefinitions
    }

    /// In a watch only the first table says its columns.
    func bytes(_ page: ObjectPage, withColumns: Bool = true) -> [UInt8] {
        let metadata = page.revision == .zero ? "" : #""resourceVersion":"\#(page.revision.value)""# + page.moreMembers
        let shown = withColumns ? columns.text : "null"
        return Array(
            #"{"kind":"Table","apiVersion":"\#(apiVersion)","metadata":{\#(metadata)},"columnDefinitions":\#(shown),"rows":["#
                .utf8)
    }
}
