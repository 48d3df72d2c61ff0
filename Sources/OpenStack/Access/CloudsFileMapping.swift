// SPDX-License-Identifier: Apache-2.0

import Yams

/// One mapping of a `clouds.yaml`, whose values are asked for by key; it knows its own path for messages.
struct CloudsFileMapping {
    private let path: String
    private let members: [(key: String, value: Node)]

    /// Larger files are refused, in bytes.
    private static let limit = 64 << 10

    /// The whole file, which may hold only `clouds`.
    init(root text: String) throws(CloudsFileError) {
        guard text.utf8.count <= Self.limit else {
            throw CloudsFileError("clouds.yaml", "is larger than \(Self.limit) bytes")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            // The parser's own message quotes the line, which may hold a password.
            throw CloudsFileError("clouds.yaml", "is not valid YAML")
        }
        guard let node else { throw CloudsFileError("clouds.yaml", "is empty") }
        try self.init(node, path: "", allowed: ["clouds"])
    }

    private init(_ node: Node, path: String, allowed: Set<String>?) throws(CloudsFileError) {
        guard let mapping = node.mapping else {
            throw CloudsFileError(path.isEmpty ? "clouds.yaml" : path, "must be a mapping")
        }
        self.path = path
        var members: [(key: String, value: Node)] = []
        for (key, value) in mapping {
            guard let key = key.scalar?.string else { throw CloudsFileError(path, "must have text keys") }
            members.append((key, value))
        }
        self.members = members
        guard let allowed, let unknown = keys.first(where: { !allowed.contains($0) }) else { return }
        throw CloudsFileError(self.key(unknown), "is not a known key; remove it")
    }

    var keys: [String] { members.map(\.key) }

    /// The path of a member, for messages.
    func key(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// A mapping inside this one; every key is allowed when none are listed.
    func mapping(_ key: String, allowed: Set<String>?) throws(CloudsFileError) -> CloudsFileMapping {
        guard let node = node(key) else { throw CloudsFileError(self.key(key), "is required") }
        return try CloudsFileMapping(node, path: self.key(key), allowed: allowed)
    }

    /// The text of a scalar, whatever YAML would make of it; absent when it is absent, empty or null.
    func text(_ key: String) throws(CloudsFileError) -> String? {
        guard let node = node(key) else { return nil }
        guard let scalar = node.scalar else { throw CloudsFileError(self.key(key), "must be a text") }
        if scalar.style == .plain, ["", "~", "null"].contains(scalar.string) { return nil }
        return scalar.string.isEmpty ? nil : scalar.string
    }

    func required(_ key: String) throws(CloudsFileError) -> String {
        guard let text = try text(key) else { throw CloudsFileError(self.key(key), "is required") }
        return text
    }

    private func node(_ key: String) -> Node? { members.first { $0.key == key }?.value }
}
