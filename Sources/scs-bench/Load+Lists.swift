// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

extension Load {
    /// Lists of 1 000 and of all objects, one at a time.
    func lists() async throws -> [Sample] {
        let small = Subject(namespace: "small")
        try await small.prepare(api)
        _ = try await create(in: small, 0..<1_000, 16)
        return try await lists(of: small, "1 000") + lists(of: objects, "10 000")
    }

    private func lists(of subject: Subject, _ size: String) async throws -> [Sample] {
        [
            try await list("list of \(size)") { try await api.expect(.get, subject.collection).count },
            try await list("list of \(size) as a Table") {
                try await api.expect(
                    .get, subject.collection, accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
                ).count
            },
            try await list("list of \(size) in pages of 500") { try await pages(of: subject) },
        ]
    }

    private func pages(of subject: Subject) async throws -> Int {
        var (bytes, token) = (0, "")
        repeat {
            let query = "?limit=500" + (token.isEmpty ? "" : "&continue=\(token)")
            let page = try await api.expect(.get, subject.collection + query)
            bytes += page.count
            // List metadata stands before or after the items.
            token = page.prefix(1_000).text(of: "continue") ?? page.suffix(1_000).text(of: "continue") ?? ""
        } while !token.isEmpty
        return bytes
    }

    private func list(_ name: String, _ read: @escaping @Sendable () async throws -> Int) async throws -> Sample {
        let bytes = try await read()
        var sample = try await phase(name, 1) { _, latencies in
            for _ in 0..<plan.lists { try await latencies.time { _ = try await read() } }
        }
        sample.bytes = bytes
        return sample
    }
}
