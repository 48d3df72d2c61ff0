// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials

/// The keys that secrets are stored under: what is written gets the primary one, what is read may have any.
///
/// To rotate, put a new key first and leave the old ones behind it, run `EncryptedStore.reencrypt()`, and take an old key
/// out once history from before that is compacted. Its text form is the key file: a line a key, its id, a space and 32
/// bytes in base64, the primary first. Nothing here can be printed but the ids.
package struct KeyRing: Sendable {
    /// One key, and the name by which stored values find it again.
    package struct Key: Sendable {
        /// Up to 64 characters, written in the clear before each value.
        package let id: String
        let secret: SymmetricKey

        /// Takes 32 bytes; throws `KeyRing.Invalid` for another number of them or for an id that cannot be written.
        package init(id: String, bytes: [UInt8]) throws(Invalid) {
            guard bytes.count == 32 else { throw .keyLength(id: id) }
            try self.init(id: id, secret: SymmetricKey(data: bytes))
        }

        private init(id: String, secret: SymmetricKey) throws(Invalid) {
            let isWritable = id.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
            guard (1...64).contains(id.utf8.count), isWritable else { throw .id }
            self.id = id
            self.secret = secret
        }

        /// A new key from the system's source of randomness.
        package static func generate(id: String) throws(Invalid) -> Key {
            try Key(id: id, secret: SymmetricKey(size: .bits256))
        }

        /// The key's line for a key file: this is the secret itself, for nothing but that file.
        package var fileLine: String { "\(id) \(secret.withUnsafeBytes { Data($0).base64EncodedString() })\n" }
    }

    /// Why text or keys make no key ring; it says nothing of the keys.
    package enum Invalid: Error, Hashable, Sendable {
        case noKey
        case id
        case doubleID(String)
        case keyLength(id: String)
        /// A line, counted from one, is not an id, a space and base64.
        case line(Int)
    }

    package let primary: Key
    private let keys: [String: Key]

    package init(primary: Key, older: [Key] = []) throws(Invalid) {
        var keys: [String: Key] = [:]
        for key in [primary] + older where keys.updateValue(key, forKey: key.id) != nil { throw .doubleID(key.id) }
        self.primary = primary
        self.keys = keys
    }

    /// The ids of all keys but the primary one, sorted.
    package var olderIDs: [String] { keys.keys.filter { $0 != primary.id }.sorted() }

    /// Reads a key file; empty lines and lines that begin with `#` are skipped.
    package init(parsing text: String) throws(Invalid) {
        var keys: [Key] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 2, let bytes = Data(base64Encoded: String(words[1])) else { throw .line(index + 1) }
            keys.append(try Key(id: String(words[0]), bytes: Array(bytes)))
        }
        guard let primary = keys.first else { throw .noKey }
        try self.init(primary: primary, older: Array(keys.dropFirst()))
    }

    /// The key of an id, where it is still in the ring.
    func key(_ id: String) -> Key? { keys[id] }
}

extension KeyRing.Key: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "key \(id)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension KeyRing: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "key ring, primary \(primary.id), \(keys.count) in all" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["primary": primary.id]) }
}
