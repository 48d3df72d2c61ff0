// SPDX-License-Identifier: Apache-2.0

/// Hands a tree to the `Decodable` types of the house.
struct TreeDecoder: Decoder {
    let tree: JSON
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let object = tree.object else { throw mismatch(JSONObject.self, "must be an object") }
        return KeyedDecodingContainer(MemberDecoding(object: object, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let array = tree.array else { throw mismatch([JSON].self, "must be an array") }
        return ElementDecoding(array: array, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    /// The value of a type, whatever the type.
    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        // Asking a type first spares every other value a cast at run time.
        if type == JSON.self, let tree = tree as? Value { return tree }
        return try Value(from: self)
    }

    fileprivate func mismatch(_ type: Any.Type, _ message: String) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: message))
    }
}

// MARK: - One value

extension TreeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { tree.isNull }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try value(type) }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard let bool = tree.bool else { throw mismatch(type, "must be true or false") }
        return bool
    }

    func decode(_ type: String.Type) throws -> String {
        guard let text = tree.string else { throw mismatch(type, "must be a string") }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard let number = tree.number, number.isFinite else { throw mismatch(type, "must be a number") }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

    private func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
        switch tree {
        case .integer(let integer):
            if let value = Value(exactly: integer) { return value }
        case .decimal(let spelling):
            if let value = Value(spelling), value != 0 { return value }
        default: throw mismatch(type, "must be an integer")
        }
        throw mismatch(type, "must be an integer from \(Value.min) to \(Value.max)")
    }
}

// MARK: - Members and elements

private struct MemberDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: JSONObject
    let codingPath: [any CodingKey]
    var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try decoder(key).tree.isNull }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try decoder(key).value(type) }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard let tree = object[key.stringValue] else { return nil }
        // A tree and a doubled optional can tell null from absent, others cannot.
        if case .null = tree, type != JSON.self, !(type is any ExpressibleByNilLiteral.Type) { return nil }
        return try decoder(key, tree).value(type)
    }

    // Most members are texts: those that fit need no decoder of their own.

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        if case .string(let text)? = object[key.stringValue] { return text }
        return try decoder(key).decode(type)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        switch object[key.stringValue] {
        case .string(let text)?: text
        case .null?, nil: nil
        case let tree?: try decoder(key, tree).decode(type)
        }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try decoder(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try decoder(TreeKey.parent) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

    private func decoder(_ key: some CodingKey) throws -> TreeDecoder {
        guard let tree = object[key.stringValue] else {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "is required"))
        }
        return decoder(key, tree)
    }

    private func decoder(_ key: some CodingKey, _ tree: JSON) -> TreeDecoder {
        TreeDecoder(tree: tree, codingPath: codingPath + [key])
    }
}

private struct ElementDecoding: UnkeyedDecodingContainer {
    let array: [JSON]
    let codingPath: [any CodingKey]
    var currentIndex = 0
    var count: Int? { array.count }
    var isAtEnd: Bool { currentIndex >= array.count }

    init(array: [JSON], codingPath: [any CodingKey]) {
        self.array = array
        self.codingPath = codingPath
    }

    mutating func decodeNil() throws -> Bool {
        guard try peek().tree.isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try peek().value(type)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try superDecoder().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try peek()
        currentIndex += 1
        return decoder
    }

    private func peek() throws -> TreeDecoder {
        let path = codingPath + [TreeKey(intValue: currentIndex)]
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(JSON.self, .init(codingPath: path, debugDescription: "is required"))
        }
        return TreeDecoder(tree: array[currentIndex], codingPath: path)
    }
}
