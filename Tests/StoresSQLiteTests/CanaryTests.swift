// SPDX-License-Identifier: Apache-2.0

import Foundation
import Resources
import StoreContract
import Stores
import StoresSQLite
import Testing

@Suite("Secrets on the disk", .timeLimit(.minutes(1)))
struct CanaryTests {
    @Test("no byte of a secret is in the file or its log, ever")
    func canary() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.open()
        let ring = try KeyRing(primary: KeyRing.Key.generate(id: "k1"))
        let store = EncryptedStore(file, encrypting: [Sample.type], with: ring)
        let key = Sample.key("secret")
        let open = StoreKey(GroupResource(group: "", resource: "configmaps"), key.object)
        let created = try await store.commit(Sample.create(key, "canary-one"))
        let changed = try await store.commit(Sample.update(key, at: created, "canary-two"))
        _ = try await store.commit(Sample.delete(key, at: changed))
        _ = try await store.commit(Sample.create(key, "canary-three"))
        _ = try await store.commit(Sample.create(open, "not secret"))
        try check(folder, suffixes: ["", "-wal"])
        try await file.close()
        try check(folder, suffixes: [""])
    }

    private func check(_ folder: TemporaryFolder, suffixes: [String]) throws {
        let bytes = try suffixes.reduce(into: Data()) {
            try $0.append(Data(contentsOf: URL(filePath: folder.file + $1)))
        }
        #expect(bytes.range(of: Data("not secret".utf8)) != nil, "what is not secret is found, so the search works")
        #expect(bytes.range(of: Data("canary".utf8)) == nil)
    }
}
