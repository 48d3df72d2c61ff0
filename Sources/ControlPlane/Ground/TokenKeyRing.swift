// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Login
import Synchronization

/// The keys of service-account tokens, as the store has them; a new one signs every week.
///
/// Every replica reads them again sooner than a new key begins to sign.
final class TokenKeyRing: Sendable {
    private let vault: Vault
    private let keys: Mutex<SigningKeys>

    private static let secret = "service-account-keys"
    private static let member = "keys.json"
    /// In seconds.
    private static let age: Int64 = 7 * 86400

    /// Reads the keys, or makes the first one.
    init(_ vault: Vault) async throws {
        self.vault = vault
        let texts = try await vault.keep(Self.secret) { [Self.member: SigningKeys(now: vault.now()).tree.text] }
        keys = Mutex(try Self.keys(texts))
    }

    /// All keys that verify, and the one that signs.
    var current: SigningKeys { keys.withLock(\.self) }

    /// Reads the keys again, after adding one and dropping those that no token needs, when it is time.
    func renew() async throws {
        let texts = try await vault.change(Self.secret) { texts in
            var keys = try Self.keys(texts)
            let isChanged = keys.rotate(
                at: self.vault.now(), age: Self.age, longestToken: ServiceAccountTokens.longest)
            return isChanged ? [Self.member: keys.tree.text] : nil
        }
        let read = try Self.keys(texts)
        keys.withLock { $0 = read }
    }

    private static func keys(_ texts: [String: String]) throws -> SigningKeys {
        let tree = try JSON(parsing: Array((texts[member] ?? "").utf8))
        guard let keys = SigningKeys(tree: tree) else { throw KeyMaterial.Damaged(name: secret) }
        return keys
    }
}
