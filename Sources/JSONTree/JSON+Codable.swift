// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The tree of a typed value; what it leaves out stays absent.
    ///
    /// Throws an `EncodingError` for a number that JSON has no spelling for, like infinity.
    package init(encoding value: some Encodable) throws {
        self = try TreeEncoder.tree(of: value, at: [])
    }

    /// A typed view of the tree; members that the type does not know are passed over.
    ///
    /// Throws a `JSONDecodingError` that names the path.
    package func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        do {
            return try TreeDecoder(tree: self, codingPath: []).value(type)
        } catch let error as DecodingError {
            throw JSONDecodingError(error)
        }
    }
}

/// A tree that does not fit the type it was read as.
package struct JSONDecodingError: Error, Hashable, Sendable {
    /// As users write it: `spec.networks[0].name`; empty for the whole tree.
    package let path: String
    /// Lower case: `must be a string`.
    package let message: String

    init(_ error: DecodingError) {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            self.init(context.codingPath, context.debugDescription)
        case .keyNotFound(let key, let context):
            self.init(context.codingPath + [key], "is required")
        @unknown default:
            self.init([], "does not fit")
        }
    }

    private init(_ codingPath: [any CodingKey], _ message: String) {
        path = codingPath.reduce("") { path, key in
            if let index = key.intValue {
                "\(path)[\(index)]"
            } else {
                path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
            }
        }
        self.message = message
    }
}

extension JSONDecodingError: CustomStringConvertible {
    package var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

extension JSON: Codable {
    /// A tree inside a typed value is kept as it is, `null` included.
    ///
    /// Only from and to another tree: other formats have nothing that keeps order and spelling.
    package init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? TreeDecoder else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "can only be read from a JSON tree"))
        }
        self = decoder.tree
    }

    package func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? TreeEncoder else {
            throw EncodingError.invalidValue(
                self, .init(codingPath: encoder.codingPath, debugDescription: "can only be written to a JSON tree"))
        }
        encoder.node.content = .tree(self)
    }
}

/// A key or an index on the way to a value.
struct TreeKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }

    /// What `superDecoder()` and `superEncoder()` mean without a key.
    static let parent = TreeKey(stringValue: "super")
}
