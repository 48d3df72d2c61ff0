// SPDX-License-Identifier: Apache-2.0

extension StoredObject {
    /// The object as a tree, as it is served.
    package func tree(_ head: Head, revision: Int64) throws(JSONError) -> JSON {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(head.bytes.count + tail.count + 24)
        splice(head, revision: revision, to: &bytes)
        return try JSON(parsing: bytes, limits: .stored)
    }

    /// The metadata alone, without `resourceVersion`: what selectors need of each object of a list.
    package func metadata() throws(JSONError) -> JSON {
        var parser = JSONParser(limits: .stored)
        return .object(try parser.members(tail.span))
    }

    /// The labels, as selectors match them.
    package func labels() throws(JSONError) -> [String: String] {
        var labels: [String: String] = [:]
        for member in try metadata()["labels"]?.object?.members ?? [] { labels[member.key] = member.value.string }
        return labels
    }
}

// MARK: - As a store keeps it

extension StoredObject {
    /// The first byte of what is encoded; another layout gets another number.
    private static let format: UInt8 = 1

    /// The bytes that a store keeps: the format, the length of the version, the version, the tail.
    package var encoded: [UInt8] {
        let version = Array(version.utf8)
        precondition(version.count < 256, "a version is a DNS label, so it is short")
        return [Self.format, UInt8(version.count)] + version + tail
    }

    /// Reads what `encoded` made; the tail is taken as it is.
    package init(encoded: [UInt8]) throws(JSONError) {
        guard encoded.first == Self.format else { throw JSONError(.expected("a stored object of format 1"), at: 0) }
        guard encoded.count > 1, encoded.count > 2 + Int(encoded[1]),
            let version = String(validating: encoded[2..<2 + Int(encoded[1])], as: UTF8.self)
        else { throw JSONError(.expected("a version and an object"), at: 1) }
        self.init(version: version, tail: Array(encoded[(2 + Int(encoded[1]))...]))
    }
}
