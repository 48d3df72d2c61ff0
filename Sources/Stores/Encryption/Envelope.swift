// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import JSONTree

/// Why a stored secret cannot be read.
package enum EncryptionError: Error, Hashable, Sendable {
    /// The key ring lacks the key that the value was written under.
    case unknownKey(id: String)
    /// The bytes were changed, or belong to another object.
    case damaged(StoreKey)
}

/// How an encrypted value looks: a zero byte (no JSON begins so), the layout, the key's id, then AES-GCM's nonce,
/// ciphertext and tag.
///
/// The object's key and version are authenticated with it, so that a value cannot be moved to another object. Nonces are
/// random: one key is good for some billions of writes (NIST SP 800-38D, section 8.3).
struct Envelope {
    private static let start: [UInt8] = [0, 1]

    let keyRing: KeyRing

    func seal(_ object: StoredObject, at key: StoreKey) throws -> StoredObject {
        let primary = keyRing.primary
        let box = try AES.GCM.seal(object.tail, using: primary.secret, authenticating: bound(object, to: key))
        guard let combined = box.combined else { throw EncryptionError.damaged(key) }
        let id = Array(primary.id.utf8)
        return StoredObject(version: object.version, tail: Self.start + [UInt8(id.count)] + id + combined)
    }

    /// Opens a value; one that was written before its kind was encrypted is returned as it is.
    func open(_ object: StoredObject, at key: StoreKey) throws -> StoredObject {
        guard object.tail.first == Self.start[0] else { return object }
        guard let (id, sealed) = split(object.tail) else { throw EncryptionError.damaged(key) }
        guard let secret = keyRing.key(id)?.secret else { throw EncryptionError.unknownKey(id: id) }
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            let tail = try AES.GCM.open(box, using: secret, authenticating: bound(object, to: key))
            return StoredObject(version: object.version, tail: Array(tail))
        } catch {
            throw EncryptionError.damaged(key)
        }
    }

    func open(_ stored: Stored) throws -> Stored {
        Stored(key: stored.key, object: try open(stored.object, at: stored.key), revision: stored.revision)
    }

    func isUnderPrimary(_ object: StoredObject) -> Bool { split(object.tail)?.id == keyRing.primary.id }

    private func split(_ tail: [UInt8]) -> (id: String, sealed: ArraySlice<UInt8>)? {
        guard tail.starts(with: Self.start), tail.count > 3, tail.count > 3 + Int(tail[2]) else { return nil }
        let end = 3 + Int(tail[2])
        return (String(decoding: tail[3..<end], as: UTF8.self), tail[end...])
    }

    private func bound(_ object: StoredObject, to key: StoreKey) -> [UInt8] {
        Array(key.text.utf8) + [0] + Array(object.version.utf8)
    }
}
