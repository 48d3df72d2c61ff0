// SPDX-License-Identifier: Apache-2.0

/// Builds a tree from the `Encodable` types of the house.
struct TreeEncoder: Encoder {
    let node: TreeNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// The tree of a value, whatever its type.
    static func tree(of value: some Encodable, at codingPath: [any CodingKey]) throws -> JSON {
        if let tree = value as? JSON { return tree }
        let node = TreeNode()
        try value.encode(to: TreeEncoder(node: node, codingPath: codingPath))
        return node.tree
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.becomeObject()
        return KeyedEncodingContainer(MemberEncoding(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.becomeArray()
        return ElementEncoding(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

/// A place in the tree that is still being written, perhaps by several containers.
final class TreeNode {
    /// What has been written to a place so far.
    enum Content {
        case nothing
        case tree(JSON)
        case array([TreeNode])
        case object([(String, TreeNode)])
    }

    var content = Content.nothing

    init() {}

    /// Nothing written is an empty object, as a type without members encodes.
    var tree: JSON {
        switch content {
        case .nothing: .object(JSONObject())
        case .tree(let tree): tree
        case .array(let nodes): .array(nodes.map(\.tree))
        case .object(let members): .object(JSONObject(members.lazy.map { ($0, $1.tree) }))
        }
    }

    func becomeObject() { if case .object = content {} else { content = .object([]) } }
    func becomeArray() { if case .array = content {} else { content = .array([]) } }

    /// A new place for a member.
    func member(_ key: String) -> TreeNode {
        let node = TreeNode()
        if case .object(var members) = content {
            content = .nothing
            members.append((key, node))
            content = .object(members)
        }
        return node
    }

    /// A new place for an element.
    func element() -> TreeNode {
        let node = TreeNode()
        if case .array(var nodes) = content {
            content = .nothing
            nodes.append(node)
            content = .array(nodes)
        }
        return node
    }

    var count: Int { if case .array(let nodes) = content { nodes.count } else { 0 } }
}

// MARK: - One value

extension TreeEncoder: SingleValueEncodingContainer {
    func encodeNil() { node.content = .tree(.null) }
    func encode(_ value: Bool) { node.content = .tree(.bool(value)) }
    func encode(_ value: String) { node.content = .tree(.string(value)) }
    func encode(_ value: Float) throws { try encode(Double(value)) }
    func encode(_ value: Int) { encode(integer: value) }
    func encode(_ value: Int8) { encode(integer: value) }
    func encode(_ value: Int16) { encode(integer: value) }
    func encode(_ value: Int32) { encode(integer: value) }
    func encode(_ value: Int64) { encode(integer: value) }
    func encode(_ value: UInt) { encode(integer: value) }
    func encode(_ value: UInt8) { encode(integer: value) }
    func encode(_ value: UInt16) { encode(integer: value) }
    func encode(_ value: UInt32) { encode(integer: value) }
    func encode(_ value: UInt64) { encode(integer: value) }
    func encode(_ value: some Encodable) throws { node.content = .tree(try Self.tree(of: value, at: codingPath)) }

    /// Whole numbers are spelled without a point, as other writers do.
    func encode(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value, .init(codingPath: codingPath, debugDescription: "must be a finite number"))
        }
        let isExact = value.magnitude < 9_007_199_254_740_992 && !(value == 0 && value.sign == .minus)
        let integer = isExact ? Int64(exactly: value) : nil
        node.content = .tree(integer.map(JSON.integer) ?? .decimal(value.description))
    }

    private func encode(integer value: some FixedWidthInteger) {
        node.content = .tree(Int64(exactly: value).map(JSON.integer) ?? .decimal(String(value)))
    }
}

// MARK: - Members and elements

private struct MemberEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: TreeNode
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) { node.member(key.stringValue).content = .tree(.null) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        let tree = try TreeEncoder.tree(of: value, at: codingPath + [key])
        node.member(key.stringValue).content = .tree(tree)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { encoder(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { encoder(TreeKey.parent) }
    func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }

    private func encoder(_ key: some CodingKey) -> TreeEncoder {
        TreeEncoder(node: node.member(key.stringValue), codingPath: codingPath + [key])
    }
}

private struct ElementEncoding: UnkeyedEncodingContainer {
    let node: TreeNode
    let codingPath: [any CodingKey]
    var count: Int { node.count }

    func encodeNil() { node.element().content = .tree(.null) }

    func encode(_ value: some Encodable) throws {
        let tree = try TreeEncoder.tree(of: value, at: codingPath + [TreeKey(intValue: count)])
        node.element().content = .tree(tree)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }
    func superEncoder() -> any Encoder { encoder() }

    private func encoder() -> TreeEncoder {
        TreeEncoder(node: node.element(), codingPath: codingPath + [TreeKey(intValue: count)])
    }
}
